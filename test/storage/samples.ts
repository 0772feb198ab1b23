import { WorkflowDocument, type Item, type WorkflowDocumentInput } from '../../src/contract/index.ts';
import { createId } from '../../src/engine/kernel/index.ts';
import { itemListOf, type ItemList } from '../../src/engine/node-kit/index.ts';
import type { ExecutionInsert, ExecutionWrite, NodeRunRecord } from '../../src/engine/storage/index.ts';

export const NOW = Date.UTC(2026, 0, 1);

export function sampleDocument(over: Partial<WorkflowDocumentInput> = {}): WorkflowDocument {
  return WorkflowDocument.parse({
    name: 'Orders',
    nodes: [{ id: 'n1', name: 'Start', type: 'manual-trigger' }],
    ...over,
  });
}

export function sampleInsert(over: Partial<ExecutionInsert> = {}): ExecutionInsert {
  return {
    id: createId(),
    workflowId: 'w1',
    workflowName: 'Orders',
    version: null,
    status: 'running',
    mode: 'manual',
    startedAt: NOW,
    document: DOCUMENT,
    bootId: 'boot-1',
    ...over,
  };
}
const DOCUMENT = sampleDocument();

export function sampleRun(over: Partial<NodeRunRecord> = {}): NodeRunRecord {
  return {
    nodeId: 'n1',
    nodeName: 'Start',
    runIndex: 0,
    status: 'success',
    startedAt: NOW,
    durationMs: 1.5,
    attempt: 1,
    pinned: false,
    sources: [],
    itemCounts: [1],
    outputs: [itemListOf([{ json: { n: 1 } }])],
    ...over,
  };
}

/** A finished execution in one write. */
export function finishedWrite(over: Partial<ExecutionInsert> = {}, nodeRuns = [sampleRun()]): ExecutionWrite {
  const insert = sampleInsert(over);
  return { executionId: insert.id, insert, nodeRuns, finish: success() };
}

export function success(finishedAt = NOW + 5): NonNullable<ExecutionWrite['finish']> {
  return { status: 'success', finishedAt, durationMs: 5, error: null };
}

/** A list that is not in memory: its items are made as they are read. */
export function spilledList(length: number, itemAt: (index: number) => Item, chunkSize = 1000): ItemList {
  return {
    length,
    inMemory: null,
    async *chunks() {
      for (let start = 0; start < length; start += chunkSize) {
        const count = Math.min(chunkSize, length - start);
        yield await Promise.resolve(Array.from({ length: count }, (_, index) => itemAt(start + index)));
      }
    },
    read: () => {
      throw new Error('Nothing should hold the whole list');
    },
  };
}
