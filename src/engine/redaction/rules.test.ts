import { describe, expect, it } from 'vitest';
import { compileRules, replaceMarked } from './rules.ts';

const hide = (rules: string[], value: unknown) => {
  const rule = compileRules(rules);
  return rule && replaceMarked(value, rule, () => '#');
};

describe('rules of hidden fields', () => {
  it('fit the end of a path, whatever the case', () => {
    const value = {
      Password: 'a',
      users: [{ password: { old: 'b', new: 'c' }, name: 'Ann' }, { password: 0 }],
      headers: { Authorization: 'd', host: 'e' },
      authorization: 'f',
      token: 'g',
      deep: { token: 'h' },
    };
    expect(hide(['password', 'headers.authorization', '*.token'], value)).toEqual({
      Password: '#',
      users: [{ password: '#', name: 'Ann' }, { password: '#' }],
      headers: { Authorization: '#', host: 'e' },
      authorization: 'f',
      token: 'g',
      deep: { token: '#' },
    });
  });

  it('leave alone what they do not fit, and what is empty', () => {
    const value = { list: [1, 'x', null], password: null };
    expect(hide(['password', 'secret'], value)).toBe(value);
    expect(hide([' ', ''], value)).toBeNull();
  });
});
