import { describe, expect, it } from 'vitest';
import { items, runNode } from '../../../node-kit/test-harness.ts';
import { stopAndError } from './stop-and-error.node.ts';

describe('stop-and-error', () => {
  it('fails with its message', async () => {
    const running = runNode(stopAndError, { items: items({}), parameters: { message: 'No stock' } });
    await expect(running).rejects.toMatchObject({ code: 'STOPPED_BY_NODE', message: 'No stock' });
  });

  it('fails with an error object, whose parts are kept', async () => {
    const error = { message: 'No stock', description: 'Order more', sku: 7 };
    const running = runNode(stopAndError, { items: items({}), parameters: { kind: 'object', error } });
    await expect(running).rejects.toMatchObject({
      message: 'No stock',
      facts: { reason: 'No stock', description: 'Order more', error },
    });
  });

  it('wants a message', async () => {
    const running = runNode(stopAndError, { items: items({}), parameters: { message: ' ' } });
    await expect(running).rejects.toMatchObject({ code: 'PARAMETER_REQUIRED' });
  });
});
