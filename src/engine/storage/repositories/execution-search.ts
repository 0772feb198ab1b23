import type { Kysely } from 'kysely';
import { decodeCursor, encodeCursor } from '../paging.ts';
import { textFinder } from '../run-data/find-text.ts';
import { parseOutputs, unpackPiece } from '../run-data/outputs.ts';
import type { Tables } from '../tables.ts';
import type { ExecutionSearch, ExecutionStore } from '../types.ts';
import { conditions, toSummary } from './execution-rows.ts';

/** Executions whose rows are fetched at a time. */
const CHUNK = 25;

type Query = Parameters<ExecutionStore['search']>[0];
type LoadPiece = (hash: string) => Promise<Uint8Array>;

/** See `ExecutionStore.search`. */
export async function searchExecutions(
  read: Kysely<Tables>,
  query: Query,
  { loadPiece, signal }: { loadPiece: LoadPiece; signal: AbortSignal | undefined },
): Promise<ExecutionSearch> {
  const finder = textFinder(query.text);
  const found: ExecutionSearch = { items: [], nextCursor: null, searched: 0, searchedBackTo: null };
  let before = query.cursor === undefined ? null : decodeCursor(query.cursor)[1];
  let bytes = 0;
  for (;;) {
    const rows = await read
      .selectFrom('workflow_executions')
      .where((eb) => eb.and(conditions(eb, query)))
      .selectAll()
      .$if(before !== null, (select) => select.where('id', '<', before ?? ''))
      .orderBy('id', 'desc')
      .limit(CHUNK)
      .execute();
    for (const row of rows) {
      // Lets others have their turn, and a caller who has left stop it.
      await new Promise((resolve) => setImmediate(resolve));
      signal?.throwIfAborted();
      before = row.id;
      bytes += row.data_bytes;
      found.searched += 1;
      found.searchedBackTo = row.started_at;
      const isFound = (row.error !== null && finder.isInJson(row.error)) || (await isInOutputs(row.id));
      if (isFound) found.items.push(toSummary(row));
      const isOver =
        found.items.length >= query.limit ||
        found.searched >= query.limits.executions ||
        bytes >= query.limits.bytes;
      if (isOver) return { ...found, nextCursor: encodeCursor([row.id, row.id]) };
    }
    if (rows.length < CHUNK) return found;
  }

  async function isInOutputs(executionId: string): Promise<boolean> {
    const logs = await read
      .selectFrom('execution_logs')
      .select('outputs')
      .where('execution_id', '=', executionId)
      .execute();
    for (const { outputs } of logs) {
      if (!finder.mayBeIn(outputs) && !outputs.includes('"pieces"')) continue;
      for (const stored of parseOutputs(outputs)) {
        if ('items' in stored) {
          if (stored.items.flat().some((item) => finder.isInItem(item))) return true;
          continue;
        }
        for (const [hash] of stored.pieces.flat()) {
          signal?.throwIfAborted();
          const text = await unpackPiece(await loadPiece(hash));
          if (!finder.mayBeIn(text)) continue;
          const items = JSON.parse(text) as unknown[];
          if (items.some((item) => finder.isInItem(item))) return true;
        }
      }
    }
    return false;
  }
}
