import type { Kysely } from 'kysely';
import type { RetentionSettings } from '../../../contract/index.ts';
import { EXECUTION_ROW_BYTES } from '../database.ts';
import type { Tables } from '../tables.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
/** Rows looked at with one statement. */
const CHUNK = 500;

export interface DoomedExecution {
  id: string;
  /** An estimate: pieces and files may be shared with others. */
  bytes: number;
  /** Those of its run data. */
  dataBytes: number;
}

/**
 * Finished executions beyond the limits, the oldest first, some at a time. Ids grow with time, so one walk from the
 * beginning meets all of them, and it ends where the rest is within every limit. `excessBytes` is what has to go to
 * meet the limit of bytes.
 */
export async function* doomedExecutions(
  read: Kysely<Tables>,
  settings: RetentionSettings,
  { now, excessBytes }: { now: number; excessBytes: number },
): AsyncGenerator<DoomedExecution[]> {
  const cutoff = settings.maxAgeDays === null ? -Infinity : now - settings.maxAgeDays * DAY_MS;
  let excess = settings.maxTotal === null ? 0 : (await countFinished(read)) - settings.maxTotal;
  const perWorkflow =
    settings.maxPerWorkflow === null ? new Map() : await excessOf(read, settings.maxPerWorkflow);
  let bytesLeft = excessBytes;
  let after = '';
  for (;;) {
    const rows = await read
      .selectFrom('workflow_executions as execution')
      .select(['id', 'workflow_id', 'started_at', 'finished_at', 'data_bytes'])
      .select((eb) =>
        eb
          .selectFrom('blob_references')
          .whereRef('execution_id', '=', 'execution.id')
          .select(({ fn }) => fn.sum<number | string | null>('size').as('size'))
          .as('files'),
      )
      .where('finished_at', 'is not', null)
      .where('id', '>', after)
      .orderBy('id')
      .limit(CHUNK)
      .execute();
    const doomed: DoomedExecution[] = [];
    for (const row of rows) {
      const ofWorkflow = perWorkflow.get(row.workflow_id) ?? 0;
      if ((row.finished_at ?? now) < cutoff || excess > 0 || ofWorkflow > 0 || bytesLeft > 0) {
        const bytes = EXECUTION_ROW_BYTES + row.data_bytes + Number(row.files ?? 0);
        doomed.push({ id: row.id, bytes, dataBytes: row.data_bytes });
        excess -= 1;
        bytesLeft -= bytes;
        if (ofWorkflow > 1) perWorkflow.set(row.workflow_id, ofWorkflow - 1);
        else perWorkflow.delete(row.workflow_id);
      }
    }
    if (doomed.length > 0) yield doomed;
    const last = rows.at(-1);
    if (!last || rows.length < CHUNK) return;
    after = last.id;
    if (last.started_at >= cutoff && excess <= 0 && bytesLeft <= 0 && perWorkflow.size === 0) return;
  }
}

async function countFinished(read: Kysely<Tables>): Promise<number> {
  const count = (isOpen: boolean) =>
    read
      .selectFrom('workflow_executions')
      .$if(isOpen, (select) => select.where('finished_at', 'is', null))
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow();
  // The few that are open have an index of their own; counting the finished would look at every row.
  return Number((await count(false)).count) - Number((await count(true)).count);
}

/** By how many each workflow is above the limit, its unfinished executions counted too. */
async function excessOf(read: Kysely<Tables>, limit: number): Promise<Map<string | null, number>> {
  const rows = await read
    .selectFrom('workflow_executions')
    .select(({ fn }) => ['workflow_id', fn.countAll<number>().as('count')])
    .groupBy('workflow_id')
    .having(({ fn }) => fn.countAll<number>(), '>', limit)
    .execute();
  return new Map(rows.map(({ workflow_id, count }) => [workflow_id, Number(count) - limit]));
}
