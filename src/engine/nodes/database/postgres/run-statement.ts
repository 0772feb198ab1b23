import type { PoolClient, QueryResult } from 'pg';
import Cursor from 'pg-cursor';
import type { Item } from '../../../../contract/index.ts';
import type { ItemList } from '../../../node-kit/index.ts';
import type { Bound, Context } from './statement-for.ts';
import { rowToItem, type Row } from './row-to-item.ts';

/** Rows fetched at a time: as many as an item list keeps together. */
const FETCH = 1000;

/** Whether a query only looks. What begins with `with` may write, and so may functions that a `select` calls. */
export function readsOnly(query: string): boolean {
  return /^=?\s*(?:--[^\n]*\n\s*|\/\*[\s\S]*?\*\/\s*)*(?:select|show|values|table|explain)\b/i.test(query);
}

/** Runs one statement and gives its rows; what gives no rows tells how many it changed. */
export async function runStatement(
  client: PoolClient,
  { sql, values }: Bound,
  context: Context,
  index: number,
): Promise<Item[] | ItemList> {
  if (readsOnly(sql)) return context.collect(readRows(client, { sql, values }, context, index));
  // Without bound values the server takes several statements at once; the last one's result counts.
  const given = (await client.query<Row>(sql, values)) as QueryResult<Row> | Array<QueryResult<Row>>;
  const result = Array.isArray(given) ? given.at(-1) : given;
  if (!result || result.fields.length === 0)
    return [
      {
        json: { command: result?.command ?? '', rowCount: result?.rowCount ?? 0 },
        pairedItem: { item: index },
      },
    ];
  return Promise.all(result.rows.map((row) => rowToItem(row, context.binary, index)));
}

/** Rows as they come, so that large results never are in memory at once. */
async function* readRows(
  client: PoolClient,
  { sql, values }: Bound,
  { binary }: Context,
  index: number,
): AsyncGenerator<Item[], void, undefined> {
  const cursor = client.query(new Cursor<Row>(sql, values));
  try {
    for (;;) {
      const rows = await cursor.read(FETCH);
      if (rows.length === 0) return;
      yield await Promise.all(rows.map((row) => rowToItem(row, binary, index)));
    }
  } finally {
    await cursor.close();
  }
}
