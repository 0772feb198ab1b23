import { describe, expect, it } from 'vitest';
import { NodeError, toExecutionError } from './errors.ts';

describe('toExecutionError', () => {
  it('names the node in a failure that came without it', () => {
    const error = new NodeError('PARAMETER_REQUIRED', { parameter: 'url', field: 'url' });
    expect(toExecutionError(error, { nodeId: 'n1', nodeName: 'Fetch', runIndex: 0 })).toMatchObject({
      code: 'PARAMETER_REQUIRED',
      message: 'Node "Fetch": "url" is empty. Fill it in.',
      nodeName: 'Fetch',
      parameter: 'url',
    });
  });

  it('takes the message of anything else for the reason', () => {
    expect(toExecutionError(new Error('boom'))).toEqual({
      code: 'NODE_FAILED',
      message: 'boom',
      details: { reason: 'boom' },
    });
  });
});
