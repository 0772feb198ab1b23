import { describe, expect, it } from 'vitest';
import { items, runNode } from '../../../node-kit/test-harness.ts';
import { errorTrigger } from './error-trigger.node.ts';

const run = async (mode: 'error' | 'manual') =>
  (await runNode(errorTrigger, { items: items({ a: 1 }), execution: { mode } })).ports[0]?.[0]?.json;

describe('error-trigger', () => {
  it('gives what it was started with, and a sample to a person who tries it', async () => {
    expect(await run('error')).toEqual({ a: 1 });
    expect(await run('manual')).toMatchObject({ execution: { error: {} }, workflow: {} });
  });
});
