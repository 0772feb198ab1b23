import { describe, expect, it } from 'vitest';
import { decodeErrorBody } from './error-body.ts';
import { apiErrorCode, describeApiError } from './describe-api-error.ts';

describe('decodeErrorBody', () => {
  it('reads code, message, details and request id', () => {
    const expected = {
      code: 'WORKFLOW_NOT_FOUND',
      message: 'gone',
      data: { details: { id: 'w1' }, requestId: 'r1' },
    };
    const flat = { code: 'WORKFLOW_NOT_FOUND', message: 'gone', details: { id: 'w1' }, requestId: 'r1' };
    expect(decodeErrorBody(flat)).toEqual(expected);
    expect(decodeErrorBody(expected)).toEqual(expected);
  });

  it('gives null for what is not ours', () => {
    expect(decodeErrorBody('<html>Bad gateway</html>')).toBeNull();
    expect(decodeErrorBody({ error: 'x' })).toBeNull();
  });
});

describe('describeApiError', () => {
  it('tells a known failure in the language of the user, with its facts', () => {
    const error = { code: 'WORKFLOW_ACTIVE', data: { details: { name: 'Orders' }, requestId: 'r1' } };
    expect(describeApiError(error, 'en')).toContain('"Orders" is active');
    expect(describeApiError(error, 'zh-CN')).toContain('Orders');
    expect(apiErrorCode(error)).toBe('WORKFLOW_ACTIVE');
  });

  it('names the request of an internal failure', () => {
    expect(describeApiError({ code: 'INTERNAL', data: { details: {}, requestId: 'r7' } }, 'en')).toContain(
      'r7',
    );
  });

  it('says that the engine cannot be reached when the network fails', () => {
    expect(describeApiError(new TypeError('Failed to fetch'), 'en')).toContain('cannot be reached');
  });
});
