import type { Item } from '../../../contract/index.ts';
import {
  addWhere,
  bindPieces,
  Statement,
  toColumn,
  type Bound,
  type TableColumns,
} from '../../connectors/sql/index.ts';
import type { ExecuteContext, ItemList } from '../../node-kit/index.ts';
import { changeFor, conditionsFor, type Speaker } from './change-for.ts';
import { rowToItem } from './row-to-item.ts';
import { outputOf } from './row-to-write.ts';
import type { SqlParameters, SqlSettings } from './sql-parameters.ts';

export type SqlContext = ExecuteContext<SqlParameters>;

/** Does what is to be done for one item, and gives the rows of it; what gives no rows tells how many it changed. */
export async function runItem(
  speaker: Speaker,
  context: SqlContext,
  { item, index, known }: { item: Item; index: number; known?: TableColumns | undefined },
): Promise<Item[] | ItemList> {
  const settings = context.parameters(index);
  const { operation } = settings;
  if (operation === 'select') return readAll(speaker, await select(speaker, settings), context, index);
  if (operation === 'execute') {
    const query = await queryFor(speaker, context, index);
    return speaker.dialect.readsOnly(query.sql)
      ? readAll(speaker, query, context, index)
      : runQuery(speaker, query, context, index);
  }
  const change = await changeFor(speaker, settings, { item, index, known });
  const written = await speaker.client.change(change);
  return Promise.all(written.map(({ row }) => rowToItem(row, context.binary, index)));
}

/** Expressions in the query become bound values, beside those of the list. */
async function queryFor({ dialect }: Speaker, context: SqlContext, index: number): Promise<Bound> {
  const { query, values } = context.parameters(index);
  const given: unknown[] = Array.isArray(values) ? values : values === '' || values === null ? [] : [values];
  const bound = bindPieces(await context.pieces(query.replace(/^=/, ''), index), dialect, given);
  return { sql: bound.sql, values: bound.values.map((value) => toColumn(value, undefined)) };
}

async function select(speaker: Speaker, settings: SqlSettings): Promise<Bound> {
  const { combine, sort, limit, schema, table } = settings;
  const { dialect } = speaker;
  const where = await conditionsFor(speaker, { schema, table }, settings.where);
  const statement = new Statement(dialect);
  addWhere(statement.add(`from ${statement.table({ schema, table })}`), where, combine);
  const order = sort.map(({ column, direction }) => `${dialect.quote(column)} ${direction}`).join(', ');
  const sql = dialect.select({
    columns: statement.columns(outputOf(settings)),
    from: statement.sql,
    order: order === '' ? '' : ` order by ${order}`,
    limit,
  });
  return { sql, values: statement.values };
}

async function runQuery(
  { client }: Speaker,
  query: Bound,
  { binary }: SqlContext,
  index: number,
): Promise<Item[]> {
  const result = await client.run(query);
  if ('summary' in result) return [{ json: result.summary, pairedItem: { item: index } }];
  return Promise.all(result.rows.map((row) => rowToItem(row, binary, index)));
}

function readAll({ client }: Speaker, query: Bound, context: SqlContext, index: number): Promise<ItemList> {
  return context.collect(
    (async function* () {
      for await (const rows of client.read(query)) {
        context.signal.throwIfAborted();
        yield await Promise.all(rows.map((row) => rowToItem(row, context.binary, index)));
      }
    })(),
  );
}
