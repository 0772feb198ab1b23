import { describe, expect, it } from 'vitest';
import { deletePath, getPath, parsePath, setPath } from './paths.ts';

describe('parsePath', () => {
  it.each([
    ['a', ['a']],
    ['a.b[0].c', ['a', 'b', 0, 'c']],
    ['["x y"].z', ['x y', 'z']],
    ["a['b.c'][12]", ['a', 'b.c', 12]],
    ['名称.值', ['名称', '值']],
    ['a..b', ['a..b']],
    ['a[', ['a[']],
  ])('%s', (path, segments) => {
    expect(parsePath(path)).toEqual(segments);
  });
});

describe('getPath', () => {
  it('reads own properties only', () => {
    const value = { a: { b: [{ c: 1 }] } };
    expect([getPath(value, 'a.b[0].c'), getPath(value, 'a.x.c'), getPath(value, 'a.toString')]).toEqual([
      1,
      undefined,
      undefined,
    ]);
    expect(getPath(value, '__proto__.constructor')).toBeUndefined();
  });
});

describe('setPath', () => {
  it('makes objects and lists on the way', () => {
    const root = {};
    setPath(root, 'a.b[1].c', 1);
    expect(root).toEqual({ a: { b: [undefined, { c: 1 }] } });
  });

  it('leaves what other items share as it was', () => {
    const shared = { b: { c: 1 }, list: [1] };
    const root: Record<string, unknown> = { a: shared };
    setPath(root, 'a.b.c', 2);
    setPath(root, 'a.list[1]', 2);
    expect([root, shared]).toEqual([{ a: { b: { c: 2 }, list: [1, 2] } }, { b: { c: 1 }, list: [1] }]);
  });

  it.each(['__proto__.polluted', 'a.constructor.prototype.polluted', '["__proto__"]'])(
    'refuses %s',
    (path) => {
      expect(() => setPath({}, path, true)).toThrow('cannot be the name of a field');
      expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    },
  );

  it('refuses an index that would fill the memory', () => {
    expect(() => setPath({}, 'a[4000000000]', 1)).toThrow('too large');
  });
});

describe('deletePath', () => {
  it('removes fields and list entries without touching what is shared', () => {
    const shared = { b: 1, c: [1, 2, 3] };
    const root: Record<string, unknown> = { a: shared };
    deletePath(root, 'a.b');
    deletePath(root, 'a.c[1]');
    deletePath(root, 'a.missing.deep');
    expect([root, shared]).toEqual([{ a: { c: [1, 3] } }, { b: 1, c: [1, 2, 3] }]);
  });
});
