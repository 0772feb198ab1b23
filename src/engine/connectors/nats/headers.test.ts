import { describe, expect, it } from 'vitest';
import { fromHeaders, toHeaders } from './headers.ts';

describe('headers', () => {
  it('keeps names that come several times', () => {
    const list = [
      { name: 'kind', value: 'new' },
      { name: 'city', value: '上海' },
      { name: 'city', value: '北京' },
    ];
    expect(fromHeaders(toHeaders(list))).toEqual({ kind: 'new', city: ['上海', '北京'] });
    expect(toHeaders([])).toBeUndefined();
    expect(fromHeaders(undefined)).toEqual({});
  });

  it('lets nothing break out of a header', () => {
    expect(() => toHeaders([{ name: 'a: b\r\nc', value: '' }])).toThrow();
    expect(() => toHeaders([{ name: 'a', value: 'x\r\nb: y' }])).toThrow();
  });
});
