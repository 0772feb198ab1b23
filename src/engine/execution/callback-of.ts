import type { ExecutionSummary, Item, WorkflowSettings } from '../../contract/index.ts';
import { createId } from '../kernel/index.ts';
import type { CallbackInsert } from '../storage/index.ts';

/** Items beyond this many characters of JSON are left out. */
const ITEMS_LIMIT = 256 * 1024;

/**
 * What tells the outside how an execution ended: to the address its workflow names for that, if any. People who run a
 * workflow by hand see the end themselves.
 */
export function callbackOf(
  summary: ExecutionSummary,
  { callbacks }: WorkflowSettings,
  items: readonly Item[],
): CallbackInsert | undefined {
  const { mode, status } = summary;
  const url = (status === 'success' ? callbacks?.success : callbacks?.failure)?.trim();
  if (!url || mode === 'manual') return undefined;
  const createdAt = summary.finishedAt ?? 0;
  return {
    id: createId(createdAt),
    url,
    credentialId: callbacks?.credential ?? null,
    createdAt,
    body: JSON.stringify(bodyOf(summary, items)),
  };
}

function bodyOf(summary: ExecutionSummary, items: readonly Item[]) {
  const { id, status, mode, startedAt, finishedAt, durationMs, error } = summary;
  const { workflowId, workflowName, version } = summary;
  const sent: unknown[] = [];
  let size = 0;
  for (const { json } of items) {
    size += JSON.stringify(json).length;
    if (size > ITEMS_LIMIT) break;
    sent.push(json);
  }
  return {
    event: status === 'success' ? 'execution.success' : 'execution.failure',
    execution: {
      ...{ id, status, mode },
      startedAt: new Date(startedAt).toISOString(),
      finishedAt: finishedAt === null ? null : new Date(finishedAt).toISOString(),
      durationMs,
      error: error && { code: error.code, message: error.message, node: error.nodeName ?? null },
    },
    workflow: { id: workflowId, name: workflowName, version },
    items: sent,
    itemCount: items.length,
  };
}
