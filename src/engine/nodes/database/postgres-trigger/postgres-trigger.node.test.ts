import { describe, expect, it } from 'vitest';
import { openListener } from '../../../node-kit/listen-harness.ts';
import { postgresTrigger } from './postgres-trigger.node.ts';
import { readPayload } from './read-payload.ts';

// What talks to a server is tested against a real one: test/connectors/postgres-trigger.test.ts.
describe('postgres-trigger', () => {
  it('asks for a channel', async () => {
    await expect(openListener(postgresTrigger, { parameters: { channels: ' , ' } })).rejects.toMatchObject({
      code: 'PARAMETER_REQUIRED',
    });
  });

  it('reads JSON, and leaves other texts as they are', () => {
    expect(readPayload('{"id": 1}')).toEqual({ id: 1 });
    expect(readPayload('order 7')).toBe('order 7');
    expect(readPayload('')).toBe('');
  });
});
