import type { PoolClient } from 'pg';
import type { Item } from '../../../../contract/index.ts';
import { isEngineError, type ItemList } from '../../../node-kit/index.ts';
import { rowToItem, type Row } from './row-to-item.ts';
import { rowToWrite } from './rows-to-write.ts';
import { runStatement } from './run-statement.ts';
import { insert, statementFor, type Context } from './statement-for.ts';
import { tableColumns, type TableColumns } from './table-columns.ts';

/** The protocol counts bound values with 16 bits. */
const MOST_VALUES = 65_535;
const MOST_ROWS = 1000;

/** Writes what all items say, within a transaction of the caller's. Throws with the item that could not be written. */
export async function writeAll(client: PoolClient, context: Context): Promise<Item[]> {
  const { operation, schema, table } = context.parameters(0);
  const known =
    operation === 'execute' || operation === 'delete' ? undefined : await tableColumns(client, schema, table);
  if (known && (operation === 'insert' || operation === 'upsert')) return insertAll(client, context, known);
  const items: Item[] = [];
  for (const [index, item] of context.items.entries()) {
    context.signal.throwIfAborted();
    const written = await atItem(index, async () => {
      const statement = await statementFor(client, context, { item, index, ...(known && { known }) });
      return runStatement(client, statement, context, index);
    });
    items.push(...listOf(written));
  }
  return items;
}

/** Several rows per statement: as many as the protocol takes. */
async function insertAll(client: PoolClient, context: Context, known: TableColumns): Promise<Item[]> {
  const settings = context.parameters(0);
  const rows = context.items.map((item, itemIndex) =>
    rowToWrite(item, settings.columnsFrom === 'item' ? settings : context.parameters(itemIndex), {
      known,
      itemIndex,
    }),
  );
  const widest = rows.reduce((most, row) => Math.max(most, row.size), 1);
  const atOnce = Math.max(1, Math.min(MOST_ROWS, Math.floor(MOST_VALUES / Math.max(widest, known.size))));
  const items: Item[] = [];
  for (let from = 0; from < rows.length; from += atOnce) {
    context.signal.throwIfAborted();
    const some = rows.slice(from, from + atOnce);
    const { sql, values } = insert(settings, some, known);
    const { rows: written } = await client.query<Row>(sql, values);
    // What was skipped gives no row, and then nobody can say which item a row is of.
    const isEach = written.length === some.length;
    const made = written.map((row, index) =>
      rowToItem(row, context.binary, isEach ? from + index : undefined),
    );
    items.push(...(await Promise.all(made)));
  }
  return items;
}

async function atItem<T>(itemIndex: number, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (isEngineError(error)) throw error;
    throw Object.assign(error as Error, { itemIndex });
  }
}

function listOf(written: Item[] | ItemList): Iterable<Item> {
  return Array.isArray(written) ? written : written.read();
}
