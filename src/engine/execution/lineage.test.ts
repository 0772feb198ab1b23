import { describe, expect, it } from 'vitest';
import type { InputSource, Item } from '../../contract/index.ts';
import { itemListOf } from '../node-kit/index.ts';
import { traceItem } from './lineage.ts';
import { RunData, type NodeRunState } from './run-data.ts';

const from = (nodeId: string, runIndex: number): InputSource => ({ nodeId, outputIndex: 0, runIndex });

function runDataOf(
  ...runs: Array<[nodeId: string, runIndex: number, source: InputSource | null, items: Item[]]>
) {
  const runData = new RunData();
  for (const [nodeId, runIndex, source, items] of runs) {
    const sources = source ? [source] : [];
    const run = { nodeId, nodeName: nodeId, runIndex, sources, outputs: [itemListOf(items)] };
    runData.add(run as unknown as NodeRunState);
  }
  return runData;
}

describe('traceItem', () => {
  it('follows an item of a later pass back to the run in which the loop took it in', () => {
    const runData = runDataOf(
      ['make', 0, null, [{ json: { n: 1 } }, { json: { n: 2 } }]],
      ['loop', 0, from('make', 0), [{ json: { n: 1 }, pairedItem: { item: 0, run: 0 } }]],
      ['body', 0, from('loop', 0), [{ json: { n: 1 }, pairedItem: { item: 0 } }]],
      ['loop', 1, from('body', 0), [{ json: { n: 2 }, pairedItem: { item: 1, run: 0 } }]],
    );
    expect(traceItem(runData, [from('loop', 1)], 0, { id: 'make', name: 'make' })).toEqual({
      item: { json: { n: 2 } },
    });
  });

  it('says which node lost the way', () => {
    const runData = runDataOf(
      ['make', 0, null, [{ json: {} }]],
      ['code', 0, from('make', 0), [{ json: {} }]],
    );
    expect(traceItem(runData, [from('code', 0)], 0, { id: 'make', name: 'make' })).toEqual({
      broken: expect.stringContaining('"code" does not tell') as unknown,
    });
  });
});
