import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WorkflowDocument } from '../../src/contract/index.ts';
import { createId } from '../../src/engine/kernel/index.ts';
import { itemListOf } from '../../src/engine/node-kit/index.ts';
import { openStorage, type NodeRunRecord } from '../../src/engine/storage/index.ts';

/**
 * What it takes to commit that a node with an outside effect begins, and what one of its units gave, with the checkpoint
 * of a workflow of fifty nodes: `node bench/micro/checkpoint.ts`. The limit is 0.15 ms for the median.
 */
const COMMITS = 5_000;
const LIMIT_MS = 0.15;

const dataDir = mkdtempSync(join(tmpdir(), 'guixuflow-bench-'));
const storage = await openStorage({ kind: 'sqlite', dataDir });
const ids = Array.from({ length: 50 }, (_, n) => `node-${n}`);
const document = WorkflowDocument.parse({
  name: 'Bench',
  nodes: ids.map((id) => ({ id, name: id, type: 'no-op' })),
});
const source = { nodeId: 'node-7', outputIndex: 0, runIndex: 0 };
const checkpoint = JSON.stringify({
  queue: { ready: [{ nodeId: 'node-9', inputs: [{ source }] }], passes: [], begun: ids },
  open: [
    { nodeId: 'node-8', inputs: [{ source }], runIndex: 0, startedAt: Date.now(), attempt: 1, unsafe: true },
  ],
  last: { nodeId: 'node-7', runIndex: 0 },
});
const run: NodeRunRecord = {
  ...{ nodeId: 'node-8', nodeName: 'node-8', runIndex: 0, status: 'running', attempt: 1, pinned: false },
  ...{ startedAt: Date.now(), durationMs: 0, sources: [source], itemCounts: [] },
  outputs: [itemListOf([])],
};
const executionId = createId();
await storage.executions.commit({
  executionId,
  insert: {
    ...{ id: executionId, workflowId: null, workflowName: 'Bench', version: null, status: 'running' },
    ...{ mode: 'webhook', startedAt: Date.now(), document, bootId: 'bench' },
  },
});

async function measure(name: string, commit: (n: number) => Promise<void>): Promise<boolean> {
  const taken: number[] = [];
  for (let n = 0; n < COMMITS; n++) {
    const startedAt = performance.now();
    await commit(n);
    taken.push(performance.now() - startedAt);
  }
  taken.sort((a, b) => a - b);
  const at = (part: number) => (taken[Math.floor(COMMITS * part)] ?? NaN).toFixed(3);
  const isWithin = Number(at(0.5)) <= LIMIT_MS;
  console.log(
    `${isWithin ? 'ok  ' : 'OVER'}  ${name}: p50 ${at(0.5)} ms, p99 ${at(0.99)} ms   limit p50 ${LIMIT_MS} ms`,
  );
  return isWithin;
}

const areWithin = [
  await measure('an effect begins', () =>
    storage.executions.commit({ executionId, nodeRuns: [run], checkpoint }),
  ),
  await measure('a unit is done', (unit) =>
    storage.executions.commit({
      executionId,
      units: [{ nodeId: 'node-8', runIndex: 0, unit, result: '{"items":[{"json":{"ok":true}}]}' }],
    }),
  ),
];
await storage.close();
rmSync(dataDir, { recursive: true, force: true });
process.exitCode = areWithin.every(Boolean) ? 0 : 1;
