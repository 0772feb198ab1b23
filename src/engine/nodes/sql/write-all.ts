import type { Item } from '../../../contract/index.ts';
import type { RowValues, SqlChange, TableColumns } from '../../connectors/sql/index.ts';
import { isEngineError, type ItemList } from '../../node-kit/index.ts';
import type { Speaker } from './change-for.ts';
import { rowToItem } from './row-to-item.ts';
import { nameList, outputOf, rowToWrite } from './row-to-write.ts';
import { runItem, type SqlContext } from './run-item.ts';

const MOST_ROWS = 1000;
/** Servers refuse statements that are too long, some from 16 MB on. */
const MOST_BYTES = 4 * 1024 * 1024;

/** Writes what all items say, within a transaction of the caller's. Throws with the item that could not be written. */
export async function writeAll(speaker: Speaker, context: SqlContext): Promise<Item[]> {
  const { operation, schema, table } = context.parameters(0);
  const known =
    operation === 'execute' || operation === 'delete'
      ? undefined
      : await speaker.client.columns({ schema, table });
  if (known && (operation === 'insert' || operation === 'upsert')) return insertAll(speaker, context, known);
  const items: Item[] = [];
  for (const [index, item] of context.items.entries()) {
    context.signal.throwIfAborted();
    const written = await atItem(index, () => runItem(speaker, context, { item, index, known }));
    items.push(...listOf(written));
  }
  return items;
}

/** Several rows per statement: as many as the server takes. */
async function insertAll(
  { client, dialect }: Speaker,
  context: SqlContext,
  known: TableColumns,
): Promise<Item[]> {
  const settings = context.parameters(0);
  const rows = context.items.map((item, itemIndex) =>
    rowToWrite(item, settings.columnsFrom === 'item' ? settings : context.parameters(itemIndex), {
      known,
      itemIndex,
    }),
  );
  const { operation, schema, table, matchColumns, skipConflicts } = settings;
  const about = { place: { schema, table }, output: outputOf(settings) };
  const changeOf = (some: readonly RowValues[]): SqlChange =>
    operation === 'upsert'
      ? { kind: 'upsert', ...about, rows: some, match: nameList(matchColumns) }
      : { kind: 'insert', ...about, rows: some, skipConflicts };
  const items: Item[] = [];
  let from = 0;
  for (const some of batchesOf(rows, dialect.mostValues)) {
    context.signal.throwIfAborted();
    const written = await client.change(changeOf(some));
    const begin = from;
    const made = written.map(({ row, position }) =>
      rowToItem(row, context.binary, position === undefined ? undefined : begin + position),
    );
    items.push(...(await Promise.all(made)));
    from += some.length;
  }
  return items;
}

/** The rows in order, as many at a time as fit into one statement. */
function* batchesOf(rows: readonly RowValues[], mostValues: number): Generator<RowValues[]> {
  const names = new Set(rows.flatMap((row) => [...row.keys()]));
  const mostRows = Math.max(1, Math.min(MOST_ROWS, Math.floor(mostValues / Math.max(names.size, 1))));
  let batch: RowValues[] = [];
  let bytes = 0;
  for (const row of rows) {
    const size = sizeOf(row);
    if (batch.length > 0 && (batch.length === mostRows || bytes + size > MOST_BYTES)) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    batch.push(row);
    bytes += size;
  }
  if (batch.length > 0) yield batch;
}

/** About how many bytes the values take; a text is counted by the most that UTF-8 needs for it. */
function sizeOf(row: RowValues): number {
  let bytes = 0;
  for (const value of row.values())
    bytes += typeof value === 'string' ? value.length * 3 : value instanceof Uint8Array ? value.length : 8;
  return bytes;
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
