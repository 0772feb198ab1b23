import type { NodeRunSummary } from '../../../contract/index.ts';
import type { DocumentHashes } from '../document-hashes.ts';
import type { ExecutionLogsTable } from '../tables.ts';
import type { ExecutionWrite, NodeRunRecord } from '../types.ts';
import { encodeLarge, encodeSmall, type Piece } from './outputs.ts';
import { toCallbackRow } from '../repositories/callbacks.ts';
import { toPendingRow } from '../repositories/pending.ts';
import type { PreparedWrite } from './prepared-write.ts';

/** Characters of outputs per row. One node's items are read with those of its row, so rows must not grow without end. */
const ROW_LIMIT = 64 * 1024;
/** Node runs whose outputs are compressed at the same time. */
const CONCURRENCY = 4;

/** The rows of a write whose outputs are all small; null when some are not. */
export function prepareSmall(write: ExecutionWrite, documents: DocumentHashes): PreparedWrite | null {
  const runs = write.nodeRuns ?? [];
  const outputs: string[] = [];
  for (const run of runs) {
    const text = encodeSmall(run.outputs);
    if (text === null) return null;
    outputs.push(text);
  }
  return toRows(write, outputs, documents);
}

/** The rows of any write; large outputs have gone to `store` when it resolves. */
export async function prepareLarge(
  write: ExecutionWrite,
  documents: DocumentHashes,
  store: (piece: Piece) => Promise<void>,
): Promise<PreparedWrite> {
  const runs = write.nodeRuns ?? [];
  const outputs: string[] = [];
  let next = 0;
  const encodeSome = async () => {
    for (let index = next++; index < runs.length; index = next++) {
      const lists = runs[index]?.outputs ?? [];
      outputs[index] = encodeSmall(lists) ?? (await encodeLarge(lists, store));
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, encodeSome));
  return toRows(write, outputs, documents);
}

function toRows(write: ExecutionWrite, outputs: readonly string[], documents: DocumentHashes): PreparedWrite {
  const { executionId, insert, finish, status, marks } = write;
  const document = insert ? documents.identify(insert) : null;
  const ending = {
    finished_at: finish?.finishedAt ?? null,
    duration_ms: finish?.durationMs ?? null,
    error: finish?.error ? JSON.stringify(finish.error) : null,
    marks: marks ? JSON.stringify(marks) : null,
  };
  return {
    executionId,
    document,
    execution:
      insert && document
        ? {
            id: insert.id,
            workflow_id: insert.workflowId,
            workflow_name: insert.workflowName,
            version: insert.version,
            document_hash: document.hash,
            status: finish?.status ?? status ?? insert.status,
            mode: insert.mode,
            boot_id: insert.bootId,
            parent_execution_id: insert.parentExecutionId ?? null,
            started_at: insert.startedAt,
            ...ending,
          }
        : null,
    logs: toLogs(executionId, write.nodeRuns ?? [], outputs),
    change:
      !insert && (finish || status || marks) ? { status: finish?.status ?? status ?? null, ...ending } : null,
    ...(write.wait !== undefined && {
      wait: write.wait && {
        row: {
          execution_id: executionId,
          due_at: write.wait.dueAt,
          snapshot: JSON.stringify(write.wait.snapshot),
        },
        tokenHashes: write.wait.tokenHashes,
      },
    }),
    kept: (write.kept ?? []).map(({ workflowId, key, value }) => ({
      workflow_id: workflowId,
      key,
      value: JSON.stringify(value ?? null),
    })),
    ...(write.pending && { pending: write.pending.map((pending) => toPendingRow(executionId, pending)) }),
    decided: (write.decided ?? []).map(({ nodeId, runIndex, decision }) => ({
      node_id: nodeId,
      run_index: runIndex,
      decision: JSON.stringify(decision),
      decided_at: decision.at,
    })),
    ...(write.callback && { callback: toCallbackRow(executionId, write.callback) }),
    piece: null,
  };
}

function toLogs(
  executionId: string,
  runs: readonly NodeRunRecord[],
  outputs: readonly string[],
): ExecutionLogsTable[] {
  const logs: ExecutionLogsTable[] = [];
  let summaries: NodeRunSummary[] = [];
  let texts: string[] = [];
  let size = 0;
  runs.forEach((run, index) => {
    const text = outputs[index] ?? '{"items":[]}';
    const { outputs: _items, ...summary } = run;
    summaries.push(summary);
    texts.push(text);
    size += text.length;
    if (size < ROW_LIMIT && index < runs.length - 1) return;
    logs.push({
      execution_id: executionId,
      batch: nextBatch(),
      runs: JSON.stringify(summaries),
      outputs: `[${texts.join()}]`,
    });
    summaries = [];
    texts = [];
    size = 0;
  });
  return logs;
}

let lastBatch = 0;

/** Grows with every call, and from one process to the next, without asking the database. */
export function nextBatch(): number {
  lastBatch = Math.max(lastBatch + 1, Date.now() * 1000);
  return lastBatch;
}
