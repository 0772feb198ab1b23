import { describe, expect, it } from 'vitest';
import { diffValues, pathText } from './diff-values.ts';

describe('diffValues', () => {
  it('names what was added, removed and changed by its path', () => {
    const before = { url: 'a', headers: [{ name: 'x', value: 1 }], old: true };
    const after = { url: 'b', headers: [{ name: 'x', value: 2 }], fresh: null };
    expect(diffValues(before, after)).toEqual([
      { path: ['url'], before: 'a', after: 'b' },
      { path: ['headers', 0, 'value'], before: 1, after: 2 },
      { path: ['old'], before: true },
      { path: ['fresh'], after: null },
    ]);
  });

  it('finds nothing in other orders of keys, or in keys without a value', () => {
    expect(diffValues({ a: 1, b: { c: [1] } }, { b: { c: [1], d: undefined }, a: 1 })).toEqual([]);
    expect(diffValues(Number.NaN, Number.NaN)).toEqual([]);
  });

  it('sees an entry put into a list or taken out as one change', () => {
    expect(diffValues(['a', 'b', 'c'], ['a', 'x', 'b', 'c'])).toEqual([{ path: [1], after: 'x' }]);
    expect(diffValues(['a', 'b', 'c'], ['b', 'c'])).toEqual([{ path: [0], before: 'a' }]);
    expect(diffValues(['a', 'a'], ['a'])).toEqual([{ path: [1], before: 'a' }]);
    expect(diffValues([], [1, 2])).toEqual([
      { path: [0], after: 1 },
      { path: [1], after: 2 },
    ]);
  });

  it('compares values of different kinds whole', () => {
    expect(diffValues({ a: [1] }, { a: { 0: 1 } })).toEqual([{ path: ['a'], before: [1], after: { 0: 1 } }]);
    expect(diffValues(null, {})).toEqual([{ path: [], before: null, after: {} }]);
  });

  it('takes names of built-in properties for data', () => {
    expect(diffValues({}, JSON.parse('{"__proto__":1,"constructor":2}'))).toEqual([
      { path: ['__proto__'], after: 1 },
      { path: ['constructor'], after: 2 },
    ]);
  });
});

describe('pathText', () => {
  it('is dotted, with indexes in brackets and odd keys quoted', () => {
    expect(pathText(['parameters', 'headers', 0, 'name'])).toBe('parameters.headers[0].name');
    expect(pathText(['json', 'a.b', '订单'])).toBe('json["a.b"].订单');
    expect(pathText([])).toBe('');
  });
});
