import { describe, expect, it } from 'vitest';
import { bindQuery } from './bind-query.ts';
import { mongodb } from './mongodb.node.ts';

const bind = (text: string, value: unknown) =>
  bindQuery(
    {
      resolve: (written) =>
        Promise.resolve(Object.fromEntries(Object.keys(written).map((key) => [key, value])) as never),
    },
    'filter',
    text,
    0,
  );

describe('mongodb', () => {
  it('puts values where expressions stand, and leaves what the author wrote', async () => {
    expect(await bind('{ "a": { "$in": [1, "={{ x }}"] }, "b": "text" }', { c: 1 })).toEqual({
      a: { $in: [1, { c: 1 }] },
      b: 'text',
    });
    expect(await bind('={{ x }}', { a: { $oid: 'x' } })).toEqual({ a: { $oid: 'x' } });
    expect(await bind(' ', 1)).toEqual({});
  });

  it.each([[{ $gt: '' }], [{ deep: [{ $where: '1' }] }], [{ $regex: '.*' }], [undefined]])(
    'refuses the value %j',
    async (value) => {
      await expect(bind('{ "a": "={{ x }}" }', value)).rejects.toMatchObject({ code: 'PARAMETER_INVALID' });
    },
  );

  it('says what is no JSON', async () => {
    await expect(bind('{ a: 1 }', 1)).rejects.toMatchObject({
      code: 'PARAMETER_INVALID',
      facts: { parameter: 'filter' },
    });
  });

  it('knows what may be repeated', () => {
    const effect = (operation: string, pipeline = '[]') =>
      typeof mongodb.effect === 'function'
        ? mongodb.effect({ operation, pipeline } as never)
        : mongodb.effect;
    expect(['find', 'count', 'insert', 'update', 'delete'].map((name) => effect(name))).toEqual([
      ...['read', 'read', 'keyed', 'unsafe', 'unsafe'],
    ]);
    expect(effect('aggregate', '[{ "$match": {} }]')).toBe('read');
    expect(effect('aggregate', '[{ "$merge": "copies" }]')).toBe('unsafe');
  });
});
