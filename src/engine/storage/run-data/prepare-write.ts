import type { NodeRunSummary } from '../../../contract/index.ts';
import type { DocumentHashes } from '../document-hashes.ts';
import type { BlobReferencesTable, ExecutionLogsTable, StartKeysTable } from '../tables.ts';
import type { ExecutionWrite, NodeRunRecord, StartKey } from '../types.ts';
import { findBlobs, type FoundBlob } from './blob-ids.ts';
import { encodeLarge, encodeSmall, type Piece } from './outputs.ts';
import { toCallbackRow } from '../repositories/callbacks.ts';
import { toPendingRow } from '../repositories/pending.ts';
import type { PreparedWrite } from './prepared-write.ts';
import type { Weights } from './weights.ts';

/** Characters of outputs per row. One node's items are read with those of its row, so rows must not grow without end. */
const ROW_LIMIT = 64 * 1024;
/** Node runs whose outputs are compressed at the same time. */
const CONCURRENCY = 4;

/** The rows of a write whose outputs are all small; null when some are not. */
export function prepareSmall(
  write: ExecutionWrite,
  documents: DocumentHashes,
  weights: Weights,
): PreparedWrite | null {
  const runs = write.nodeRuns ?? [];
  const outputs: string[] = [];
  for (const run of runs) {
    const text = encodeSmall(run.outputs);
    if (text === null) return null;
    outputs.push(text);
  }
  return toRows(write, outputs, { documents, weights });
}

/** The rows of any write; large outputs have gone to `store` when it resolves. */
export async function prepareLarge(
  write: ExecutionWrite,
  known: { documents: DocumentHashes; weights: Weights },
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
  return toRows(write, outputs, known);
}

function toRows(
  write: ExecutionWrite,
  outputs: readonly string[],
  { documents, weights }: { documents: DocumentHashes; weights: Weights },
): PreparedWrite {
  const { executionId, insert, finish, followUp, status, marks } = write;
  const logs = toLogs(executionId, write.nodeRuns ?? [], outputs);
  const hasChange = !insert && Boolean(finish || status || marks);
  const bytes = logs.reduce((sum, log) => sum + byteLength(log.runs) + byteLength(log.outputs), 0);
  if (bytes > 0 && !insert && !hasChange) weights.add(executionId, bytes);
  const blobs = logs.flatMap((log) => findBlobs(log.outputs));
  const document = insert ? documents.identify(insert) : null;
  const ending = {
    finished_at: finish?.finishedAt ?? null,
    duration_ms: finish?.durationMs ?? null,
    error: finish?.error ? JSON.stringify(finish.error) : null,
    marks: marks ? JSON.stringify(marks) : null,
    data_bytes: insert || hasChange ? bytes + weights.take(executionId) : 0,
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
            parent_call: insert.parentCall ?? null,
            retry_of: insert.retryOf ?? null,
            started_at: insert.startedAt,
            ...ending,
          }
        : null,
    ...((insert?.startKeys ?? followUp) && {
      startKeys: toStartKeys(
        executionId,
        [...(insert?.startKeys ?? []), ...(followUp ? [followUp] : [])],
        finish?.finishedAt ?? insert?.startedAt ?? 0,
      ),
    }),
    ...(insert?.slot && {
      slot: {
        workflow_id: insert.slot.workflowId,
        node_id: insert.slot.nodeId,
        last_slot: insert.slot.at,
      },
    }),
    logs,
    change: hasChange ? { status: finish?.status ?? status ?? null, ...ending } : null,
    ...(marks && {
      marks: Object.entries(marks).map(([key, value]) => ({ execution_id: executionId, key, value })),
    }),
    ...(blobs.length > 0 && { blobs: toBlobRows(executionId, blobs) }),
    ...(write.wait !== undefined && {
      wait: write.wait && {
        row: { execution_id: executionId, due_at: write.wait.dueAt },
        tokenHashes: write.wait.tokenHashes,
      },
    }),
    hasProgressed: write.hasProgressed ?? false,
    ...(write.checkpoint !== undefined && { checkpoint: write.checkpoint }),
    units: write.units ?? [],
    closedUnits: write.closedUnits ?? [],
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

function toStartKeys(executionId: string, keys: readonly StartKey[], now: number): StartKeysTable[] {
  return keys.map(({ key, expiresAt }) => ({
    key,
    execution_id: executionId,
    created_at: now,
    expires_at: expiresAt,
  }));
}

const byteLength = (text: string) => Buffer.byteLength(text);

export function toBlobRows(executionId: string, blobs: readonly FoundBlob[]): BlobReferencesTable[] {
  return blobs.map(({ blobId, size }) => ({ execution_id: executionId, blob_id: blobId, size }));
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
