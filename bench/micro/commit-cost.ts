import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WorkflowDocument, type Item } from '../../src/contract/index.ts';
import { createId } from '../../src/engine/kernel/index.ts';
import { itemListOf } from '../../src/engine/node-kit/index.ts';
import { openStorage, type NodeRunRecord } from '../../src/engine/storage/index.ts';

/**
 * What storing one small finished execution (its row and three node runs of some 300 bytes of output) costs the main
 * thread, at several numbers of concurrent executions: `node bench/micro/commit-cost.ts`.
 */
const EXECUTIONS = 30_000;
const CONCURRENCIES = [1, 10, 100];

const item: Item = {
  json: {
    headers: { host: 'localhost', agent: 'x'.repeat(80) },
    body: { hello: 'world', n: 1 },
    pad: 'y'.repeat(120),
  },
  pairedItem: { item: 0 },
};
const document = WorkflowDocument.parse({
  name: 'Bench',
  nodes: [0, 1, 2].map((n) => ({ id: `n${n}`, name: `Node ${n}`, type: 'no-op' })),
});

function nodeRun(n: number, now: number): NodeRunRecord {
  return {
    nodeId: `n${n}`,
    nodeName: `Node ${n}`,
    runIndex: 0,
    status: 'success',
    startedAt: now,
    durationMs: 0.42,
    attempt: 1,
    pinned: false,
    sources: n === 0 ? [] : [{ nodeId: `n${n - 1}`, outputIndex: 0, runIndex: 0 }],
    itemCounts: [1],
    outputs: [itemListOf([item])],
  };
}

const dataDir = mkdtempSync(join(tmpdir(), 'guixuflow-bench-'));
const storage = await openStorage({ kind: 'sqlite', dataDir });

async function storeMany(count: number): Promise<void> {
  for (let index = 0; index < count; index++) {
    const id = createId();
    const now = Date.now();
    await storage.executions.commit({
      executionId: id,
      insert: {
        id,
        workflowId: 'bench',
        workflowName: 'Bench',
        version: 1,
        status: 'running',
        mode: 'webhook',
        startedAt: now,
        document,
        bootId: 'bench',
      },
      nodeRuns: [nodeRun(0, now), nodeRun(1, now), nodeRun(2, now)],
      finish: { status: 'success', finishedAt: now, durationMs: 1.5, error: null },
    });
  }
}

await storeMany(5000);
for (const concurrency of CONCURRENCIES) {
  const cpu = process.cpuUsage();
  const start = performance.now();
  await Promise.all(Array.from({ length: concurrency }, () => storeMany(EXECUTIONS / concurrency)));
  const { user, system } = process.cpuUsage(cpu);
  const wall = ((performance.now() - start) * 1000) / EXECUTIONS;
  console.log(
    `${concurrency} concurrent: ${((user + system) / EXECUTIONS).toFixed(1)} µs CPU, ${wall.toFixed(1)} µs wall per execution`,
  );
}
await storage.close();
rmSync(dataDir, { recursive: true });
