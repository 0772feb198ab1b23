import type { Selectable } from 'kysely';
import { ApprovalDecision, ApprovalText, PendingKind, type PendingItem } from '../../../contract/index.ts';
import type { Database } from '../database.ts';
import type { PendingTable } from '../tables.ts';
import type { PendingInsert, PendingStore } from '../types.ts';

/** Reading what waits for people; it is written as part of executions. */
export function createPendingRepository({ read }: Pick<Database, 'read'>): PendingStore {
  return {
    async list({ state, executionId, limit }) {
      const [rows, counted] = await Promise.all([
        read
          .selectFrom('pending')
          .selectAll()
          .where('decided_at', state === 'open' ? 'is' : 'is not', null)
          .$if(executionId !== undefined, (select) => select.where('execution_id', '=', executionId ?? ''))
          .orderBy(state === 'open' ? 'since' : 'decided_at', state === 'open' ? 'asc' : 'desc')
          .orderBy('execution_id')
          .limit(limit)
          .execute(),
        read
          .selectFrom('pending')
          .select(({ fn }) => fn.countAll<number>().as('open'))
          .where('decided_at', 'is', null)
          .executeTakeFirstOrThrow(),
      ]);
      return { items: rows.map(toItem), open: Number(counted.open) };
    },
    async decidedBy(tokenHash) {
      const row = await read
        .selectFrom('pending')
        .selectAll()
        .where('token_hash', '=', tokenHash)
        .where('decided_at', 'is not', null)
        .executeTakeFirst();
      return row ? toItem(row) : null;
    },
  };
}

export function toPendingRow(executionId: string, pending: PendingInsert): PendingTable {
  return {
    execution_id: executionId,
    node_id: pending.nodeId,
    run_index: pending.runIndex,
    kind: pending.kind,
    workflow_id: pending.workflowId,
    workflow_name: pending.workflowName,
    node_name: pending.nodeName,
    about: JSON.stringify(pending.about),
    token_hash: pending.tokenHash,
    since: pending.since,
    due_at: pending.dueAt,
    decision: null,
    decided_at: null,
  };
}

function toItem(row: Selectable<PendingTable>): PendingItem {
  return {
    executionId: row.execution_id,
    nodeId: row.node_id,
    runIndex: row.run_index,
    kind: PendingKind.parse(row.kind),
    workflowId: row.workflow_id,
    workflowName: row.workflow_name,
    nodeName: row.node_name,
    about: ApprovalText.parse(JSON.parse(row.about)),
    since: row.since,
    dueAt: row.due_at,
    decision: row.decision === null ? null : ApprovalDecision.parse(JSON.parse(row.decision)),
  };
}
