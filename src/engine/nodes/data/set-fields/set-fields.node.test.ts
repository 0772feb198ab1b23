import { describe, expect, it } from 'vitest';
import { runNode } from '../../../node-kit/test-harness.ts';
import type { Item } from '../../../../contract/index.ts';
import { setFieldsNode } from './set-fields.node.ts';

const binary = { file: { blobId: 'b', mimeType: 'text/plain', size: 1, sha256: 's' } };
const input: Item[] = [{ json: { a: 1, deep: { x: 1, y: 2 } }, binary }];
const one = async (parameters: Record<string, unknown>) => {
  const { ports } = await runNode(setFieldsNode, { parameters, items: input });
  return ports[0]?.[0];
};
const b = { name: 'b', type: 'number', value: '2' };

describe('set-fields', () => {
  it('adds fields and keeps the others, files and lineage', async () => {
    const assignments = [b, { name: 'deep.z', value: 3 }, { name: 'list[0]', value: 'x' }];
    expect(await one({ assignments })).toEqual({
      json: { a: 1, deep: { x: 1, y: 2, z: 3 }, b: 2, list: ['x'] },
      binary,
      pairedItem: { item: 0 },
    });
    expect(input[0]?.json).toEqual({ a: 1, deep: { x: 1, y: 2 } });
  });

  it.each([
    ['none', [], { b: 2 }],
    ['selected', ['deep.x'], { deep: { x: 1 }, b: 2 }],
    ['except', ['deep.x', 'a'], { deep: { y: 2 }, b: 2 }],
  ])('other fields: %s', async (include, names, expected) => {
    const includeFields = names.map((field) => ({ field }));
    expect((await one({ assignments: [b], include, includeFields }))?.json).toEqual(expected);
  });

  it('takes dots as part of the name when told to', async () => {
    const assignments = [
      { name: 'x.y', value: 1 },
      { name: '__proto__', value: 1 },
    ];
    const json = (await one({ assignments, include: 'none', dottedPaths: false }))?.json ?? {};
    expect(Object.entries(json)).toEqual([
      ['x.y', 1],
      ['__proto__', 1],
    ]);
  });

  it('sets the fields of a JSON object, and drops files when told to', async () => {
    expect(await one({ mode: 'json', json: '{"a":2,"c":null}', include: 'none', keepBinary: false })).toEqual(
      {
        json: { a: 2, c: null },
        pairedItem: { item: 0 },
      },
    );
    await expect(one({ mode: 'json', json: '[1]' })).rejects.toThrow('an object is needed');
  });

  it.each([
    ['string', 5, '5'],
    ['string', { a: 1 }, '{"a":1}'],
    ['number', ' 1.5 ', 1.5],
    ['boolean', 'TRUE', true],
    ['array', '[1]', [1]],
    ['object', '{"a":1}', { a: 1 }],
    ['number', null, null],
    ['any', undefined, null],
  ])('converts to %s: %j', async (type, value, expected) => {
    expect((await one({ assignments: [{ name: 'v', type, value }], include: 'none' }))?.json).toEqual({
      v: expected,
    });
  });

  it.each([
    ['number', 'many'],
    ['number', ''],
    ['boolean', 'maybe'],
    ['array', '{}'],
    ['object', 'x'],
  ])('names the field that cannot be converted to %s: %j', async (type, value) => {
    await expect(one({ assignments: [b, { name: 'wrong', type, value }] })).rejects.toMatchObject({
      code: 'PARAMETER_INVALID',
      facts: { parameter: 'assignments.1.value', field: 'wrong', itemIndex: 0 },
    });
  });
});
