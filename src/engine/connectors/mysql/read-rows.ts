import { Statement, type Row, type RowValues, type SqlChange } from '../sql/index.ts';
import { mysqlDialect } from './dialect.ts';
import type { MysqlClient } from './sql-client.ts';

/** Each row is compared with every key of its statement. */
const AT_ONCE = 100;
/** Tells which key a row was found by; taken off again. */
const POSITION = '#position';

/** The rows that have these keys, one for each; undefined where there is none. */
export async function readRows(
  client: MysqlClient,
  { place, output }: Pick<SqlChange, 'place' | 'output'>,
  keys: ReadonlyArray<RowValues | null>,
): Promise<Array<Row | undefined>> {
  const byKey = new Map<string, RowValues>();
  for (const key of keys) if (key) byKey.set(spell(key), key);
  const found = new Map<string, Row>();
  const all = [...byKey];
  for (let from = 0; from < all.length; from += AT_ONCE) {
    const some = all.slice(from, from + AT_ONCE);
    const statement = new Statement(mysqlDialect);
    const matches = () => some.map(([, key]) => statement.equals(key).join(' and '));
    const cases = matches().map((match, index) => `when ${match} then ${index}`);
    statement.add(
      `select ${statement.columns(output, 'o.')}, case ${cases.join(' ')} end as \`${POSITION}\``,
    );
    statement.add(` from ${statement.table(place)} as o where (${matches().join(') or (')})`);
    for (const { [POSITION]: position, ...row } of await client.rows(statement)) {
      const spelled = some[Number(position)]?.[0];
      if (spelled !== undefined) found.set(spelled, row);
    }
  }
  return keys.map((key) => (key ? found.get(spell(key)) : undefined));
}

function spell(key: RowValues): string {
  return JSON.stringify([...key]);
}
