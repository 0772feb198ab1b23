import { addWhere, columnsOf, Statement, type SqlChange } from '../sql/index.ts';
import { postgresDialect } from './dialect.ts';

/** The one statement of a change, which gives the rows that were changed. */
export function changeStatement(change: SqlChange): Statement {
  const statement = new Statement(postgresDialect);
  const table = statement.table(change.place);
  switch (change.kind) {
    case 'insert':
      statement.add(`insert into ${table} ${statement.tuples(change.rows)}`);
      if (change.skipConflicts) statement.add(' on conflict do nothing');
      break;
    case 'upsert': {
      const changed = columnsOf(change.rows).filter((name) => !change.match.includes(name));
      const sets = (changed.length > 0 ? changed : change.match).map(
        (name) => `${postgresDialect.quote(name)} = excluded.${postgresDialect.quote(name)}`,
      );
      statement.add(`insert into ${table} ${statement.tuples(change.rows)}`);
      statement.add(` on conflict (${statement.names(change.match)}) do update set ${sets.join(', ')}`);
      break;
    }
    case 'update':
      statement.add(`update ${table} set ${statement.equals(change.set).join(', ')}`);
      statement.add(` where ${statement.equals(change.match).join(' and ')}`);
      break;
    case 'delete':
      addWhere(statement.add(`delete from ${table}`), change.where, change.combine);
  }
  return statement.add(` returning ${statement.columns(change.output)}`);
}
