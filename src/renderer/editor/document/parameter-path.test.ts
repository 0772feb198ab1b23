import { describe, expect, it } from 'vitest';
import { getAt, parsePath, setAt } from './parameter-path.ts';

describe('parameter paths', () => {
  it('read and write through objects and lists', () => {
    const value = { rules: [{ name: 'a' }, { name: 'b' }] };
    const path = parsePath('rules.1.name');
    expect(getAt(value, path)).toBe('b');
    expect(setAt(value, path, 'c')).toEqual({ rules: [{ name: 'a' }, { name: 'c' }] });
    expect(value.rules[1]!.name).toBe('b');
  });

  it('make what is missing on the way, and remove a field set to undefined', () => {
    expect(setAt({}, ['a', 0, 'b'], 1)).toEqual({ a: [{ b: 1 }] });
    expect(setAt({ a: { b: 1, c: 2 } }, ['a', 'b'], undefined)).toEqual({ a: { c: 2 } });
  });
});
