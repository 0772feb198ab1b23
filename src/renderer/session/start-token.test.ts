import { describe, expect, it } from 'vitest';
import { readStartToken } from './start-token.ts';

describe('readStartToken', () => {
  it('finds the token in a start link', () => {
    expect(readStartToken(' http://127.0.0.1:5680/?token=abc-_1#/x ')).toBe('abc-_1');
  });

  it('takes anything else as it is', () => {
    expect(readStartToken(' 0123456789abcdef ')).toBe('0123456789abcdef');
  });
});
