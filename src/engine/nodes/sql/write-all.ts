import type { Item } from '../../../contract/index.ts';
import type { RowValues, SqlChange, TableColumns, Written } from '../../connectors/sql/index.ts';
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
  const { operation, schema, table, matchColumns, skipConflicts } = settings;
  const about = { place: { schema, table }, output: outputOf(settings) };
  const changeOf = (some: readonly RowValues[]): SqlChange =>
    operation === 'upsert'
      ? { kind: 'upsert', ...about, rows: some, match: nameList(matchColumns) }
      : { kind: 'insert', ...about, rows: some, skipConflicts };
  const batches = batchesOf(rowsOf(context, known), dialect.mostValues);
  const items: Item[] = [];
  let from = 0;
  for (let next = batches.next(); !next.done;) {
    context.signal.throwIfAborted();
    const some = next.value;
    const writing = client.change(changeOf(some));
    let written: Written[];
    try {
      // The next rows are made ready while the server writes these.
      next = batches.next();
    } finally {
      written = await writing;
    }
    const begin = from;
    const made = written.map(({ row, position }) =>
      rowToItem(row, context.binary, position === undefined ? undefined : begin + position),
    );
    items.push(...(await Promise.all(made)));
    from += some.length;
  }
  return items;
}

function* rowsOf({ items, parameters }: SqlContext, known: TableColumns): Generator<RowValues> {
  const settings = parameters(0);
  for (const [itemIndex, item] of items.entries())
    yield rowToWrite(item, settings.columnsFrom === 'item' ? settings : parameters(itemIndex), {
      known,
      itemIndex,
    });
}

/** The rows in order, as many at a time as fit into one statement. */
function* batchesOf(rows: Iterable<RowValues>, mostValues: number): Generator<RowValues[]> {
  let batch: RowValues[] = [];
  let names = new Set<string>();
  let bytes = 0;
  for (const row of rows) {
    const size = sizeOf(row);
    for (const name of row.keys()) names.add(name);
    const isFull =
      batch.length === MOST_ROWS || bytes + size > MOST_BYTES || names.size * (batch.length + 1) > mostValues;
    if (isFull && batch.length > 0) {
      yield batch;
      batch = [];
      names = new Set(row.keys());
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
