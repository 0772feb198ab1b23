import { addWhere, inTransaction, Statement, type Row, type SqlChange, type Written } from '../sql/index.ts';
import { mysqlDialect } from './dialect.ts';
import { insertRows } from './insert-rows.ts';
import type { MysqlClient } from './sql-client.ts';

/**
 * Changes rows and gives them. Only MariaDB can give the rows that a statement changed, and not for updates, so they are
 * read within the same transaction: rows that go before they do, others afterwards.
 */
export function change(client: MysqlClient, wanted: SqlChange): Promise<Written[]> {
  return inTransaction(client, async () => {
    if (wanted.kind === 'update') return written(await update(client, wanted));
    if (wanted.kind === 'delete') return written(await remove(client, wanted));
    return insertRows(client, wanted);
  });
}

type Of<K extends SqlChange['kind']> = Extract<SqlChange, { kind: K }>;

async function update(client: MysqlClient, { place, set, match, output }: Of<'update'>): Promise<Row[]> {
  const statement = new Statement(mysqlDialect);
  statement.add(`update ${statement.table(place)} set ${statement.equals(set).join(', ')}`);
  statement.add(` where ${statement.equals(match).join(' and ')}`);
  await client.write(statement);
  const changed = new Statement(mysqlDialect);
  changed.add(`select ${changed.columns(output)} from ${changed.table(place)}`);
  return client.rows(changed.add(` where ${changed.equals(match).join(' and ')}`));
}

async function remove(client: MysqlClient, { place, where, combine, output }: Of<'delete'>): Promise<Row[]> {
  const found = new Statement(mysqlDialect);
  found.add(`select ${found.columns(output)} from ${found.table(place)}`);
  const rows = await client.rows(addWhere(found, where, combine).add(' for update'));
  const statement = new Statement(mysqlDialect);
  statement.add(`delete from ${statement.table(place)}`);
  await client.write(addWhere(statement, where, combine));
  return rows;
}

function written(rows: readonly Row[]): Written[] {
  return rows.map((row) => ({ row }));
}
