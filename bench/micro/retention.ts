import BetterSqlite3 from 'better-sqlite3';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WorkflowDocument, type RetentionSettings } from '../../src/contract/index.ts';
import { createId } from '../../src/engine/kernel/index.ts';
import { itemListOf } from '../../src/engine/node-kit/index.ts';
import { openStorage } from '../../src/engine/storage/index.ts';

/**
 * What a clean-up costs those who store executions meanwhile, and whether file and log stay within their limits:
 * `node bench/micro/retention.ts [EXECUTIONS]`. Ends with 1 when they do not.
 */
const EXECUTIONS = Number(process.argv[2] ?? 100_000);
const CONCURRENCY = 20;
const MB = 1024 ** 2;
const LOG_LIMIT = 64 * MB;

const dataDir = mkdtempSync(join(tmpdir(), 'guixuflow-bench-'));
const file = join(dataDir, 'guixuflow.db');
const storage = await openStorage({ kind: 'sqlite', dataDir });
const document = WorkflowDocument.parse({ name: 'Bench', nodes: [{ id: 'n', name: 'Node', type: 'no-op' }] });
const outputs = [itemListOf([{ json: { body: 'x'.repeat(1500) } }])];

async function store(): Promise<number> {
  const id = createId();
  const now = Date.now();
  const began = performance.now();
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
    nodeRuns: [
      {
        nodeId: 'n',
        nodeName: 'Node',
        runIndex: 0,
        status: 'success',
        startedAt: now,
        durationMs: 0.4,
        attempt: 1,
        pinned: false,
        sources: [],
        itemCounts: [1],
        outputs,
      },
    ],
    finish: { status: 'success', finishedAt: now, durationMs: 1, error: null },
  });
  return performance.now() - began;
}

async function storeMany(count: number): Promise<void> {
  for (let index = 0; index < count; index++) await store();
}

/** Commit latencies of one writer that stores an execution every other millisecond, until `isOver`. */
async function latencies(isOver: () => boolean): Promise<number[]> {
  const all: number[] = [];
  while (!isOver()) {
    all.push(await store());
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  return all.sort((a, b) => a - b);
}

const at = (sorted: readonly number[], part: number) => sorted[Math.floor((sorted.length - 1) * part)] ?? 0;
const sizeOf = (path: string) => statSync(path, { throwIfNoEntry: false })?.size ?? 0;
const describe = (list: readonly number[]) =>
  `median ${at(list, 0.5).toFixed(2)} ms, p99 ${at(list, 0.99).toFixed(2)} ms, most ${at(list, 1).toFixed(1)} ms (${list.length} commits)`;

async function prune(settings: RetentionSettings): Promise<{ executions: number; outcome: string }> {
  let executions = 0;
  const outcome = await storage.history.prune(settings, {
    now: Date.now(),
    signal: new AbortController().signal,
    onBatch: (removed) => (executions += removed.executions),
  });
  return { executions, outcome };
}

await Promise.all(Array.from({ length: CONCURRENCY }, () => storeMany(EXECUTIONS / CONCURRENCY)));
const full = sizeOf(file);
console.log(`${EXECUTIONS} executions: ${(full / MB).toFixed(0)} MB`);

const until = performance.now() + 5000;
const quiet = await latencies(() => performance.now() > until);
console.log(`without a clean-up: ${describe(quiet)}`);

const budget = Math.round(full / 4);
const limits = { maxAgeDays: null, maxPerWorkflow: null, maxTotal: null, maxBytes: budget };
const reader = new BetterSqlite3(file, { readonly: true });
reader.exec('begin');
reader.prepare('select count(*) from workflow_executions').get();
let largestLog = 0;
const watch = setInterval(() => (largestLog = Math.max(largestLog, sizeOf(`${file}-wal`))), 5);
const held = await prune(limits);
console.log(
  `with a reader open: ${held.outcome} after ${held.executions} executions, log at most ${(largestLog / MB).toFixed(1)} MB`,
);
reader.exec('rollback');
reader.close();

let isPruned = false;
const began = performance.now();
const [pruned, busy] = await Promise.all([
  prune(limits).finally(() => (isPruned = true)),
  latencies(() => isPruned),
]);
clearInterval(watch);
const took = (performance.now() - began) / 1000;
console.log(`clean-up: ${pruned.executions} executions in ${took.toFixed(1)} s, ${pruned.outcome}`);
console.log(`during it:          ${describe(busy)}`);
console.log(
  `ratio: median ${(at(busy, 0.5) / at(quiet, 0.5)).toFixed(1)}, p99 ${(at(busy, 0.99) / at(quiet, 0.99)).toFixed(1)}`,
);
await storage.close();
const rest = sizeOf(file);
console.log(
  `file ${(rest / MB).toFixed(1)} MB of ${(budget / MB).toFixed(1)} MB; log at most ${(largestLog / MB).toFixed(1)} MB of ${LOG_LIMIT / MB} MB`,
);
rmSync(dataDir, { recursive: true, force: true });
if (rest > budget * 1.1 || largestLog > LOG_LIMIT) process.exitCode = 1;
