import { describe, expect, it } from 'vitest';
import { items, runNode } from '../../../node-kit/test-harness.ts';
import { removeDuplicates } from './remove-duplicates.node.ts';

const given = items(
  { id: 1, at: { city: 'A', no: 1 } },
  { at: { no: 1, city: 'A' }, id: 1 },
  { id: 1, at: { city: 'B' } },
  { id: 2 },
);
const run = async (parameters: Record<string, unknown>) => {
  const { ports } = await runNode(removeDuplicates, { parameters, items: given });
  return ports.map((port) => port.map(({ pairedItem }) => (pairedItem as { item: number }).item));
};

describe('remove-duplicates', () => {
  it('keeps the first of items that are the same, however their fields are ordered', async () => {
    expect(await run({})).toEqual([[0, 2, 3], [1]]);
  });

  it('compares chosen fields, or all but some', async () => {
    expect(await run({ compare: 'selected', fields: [{ field: 'id' }] })).toEqual([
      [0, 3],
      [1, 2],
    ]);
    expect(await run({ compare: 'except', fields: [{ field: 'at' }] })).toEqual([
      [0, 3],
      [1, 2],
    ]);
  });

  it('passes on only what was compared when told to', async () => {
    const parameters = { compare: 'selected', fields: [{ field: 'at.city' }], onlyCompared: true };
    const { ports } = await runNode(removeDuplicates, { parameters, items: given });
    expect(ports[0]?.map(({ json }) => json)).toEqual([{ at: { city: 'A' } }, { at: { city: 'B' } }, {}]);
  });
});
