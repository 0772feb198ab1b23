import { addWhere, Statement, type RowValues, type SqlChange } from '../sql/index.ts';
import { mssqlDialect } from './dialect.ts';

/** Tells which of the rows was written; taken off again. */
export const POSITION = '#position';
/** Errors of a unique index and of a key. */
const DUPLICATES = '2601, 2627';

/** The statements of a change, which give the rows that were changed. */
export function changeStatement(change: SqlChange): Statement {
  const statement = new Statement(mssqlDialect);
  const table = statement.table(change.place);
  const output = (from: 'inserted' | 'deleted') => `output ${statement.columns(change.output, `${from}.`)}`;
  switch (change.kind) {
    case 'insert':
    case 'upsert': {
      // Each row has a statement of its own: rows of one would all take the types of the first that is a number.
      for (const [position, row] of change.rows.entries()) {
        const given = `${output('inserted')}, ${position} as ${mssqlDialect.quote(POSITION)}`;
        if (change.kind === 'upsert')
          statement.add(merge(statement, { table, row, given, match: change.match }));
        else if (change.skipConflicts)
          statement.add(
            `begin try ${insert(statement, { table, row, given })} end try begin catch if error_number() not in (${DUPLICATES}) throw; end catch; `,
          );
        else statement.add(insert(statement, { table, row, given }));
      }
      return statement;
    }
    case 'update':
      statement.add(`update ${table} set ${statement.equals(change.set).join(', ')} ${output('inserted')}`);
      return statement.add(` where ${statement.equals(change.match).join(' and ')}`);
    case 'delete':
      return addWhere(
        statement.add(`delete from ${table} ${output('deleted')}`),
        change.where,
        change.combine,
      );
  }
}

interface Written {
  table: string;
  row: RowValues;
  /** What is given of the row. */
  given: string;
}

function insert(statement: Statement, { table, row, given }: Written): string {
  return `insert into ${table} ${statement.tuples([row], `${given} values`)}; `;
}

/**
 * The lock keeps another one from inserting the same row between the look and the insert. A null is written where it is
 * meant: as a column of the source it would be a number, which a date refuses.
 */
function merge(
  statement: Statement,
  { table, row, given, match }: Written & { match: readonly string[] },
): string {
  const { quote } = mssqlDialect;
  const names = [...row.keys()];
  const source = [...row]
    .filter(([, value]) => value !== null)
    .map(([name, value]) => `${statement.bind(value)} as ${quote(name)}`);
  const valueOf = (name: string) => ((row.get(name) ?? null) === null ? 'null' : `n.${quote(name)}`);
  const found = match.map((name) => `o.${quote(name)} = ${valueOf(name)}`);
  const changed = names.filter((name) => !match.includes(name));
  const sets = (changed.length > 0 ? changed : match).map((name) => `${quote(name)} = ${valueOf(name)}`);
  return [
    `merge into ${table} with (holdlock) as o using (select ${['1 as [#]', ...source].join(', ')}) as n`,
    `on ${found.join(' and ')} when matched then update set ${sets.join(', ')}`,
    `when not matched then insert (${statement.names(names)}) values (${names.map(valueOf).join(', ')}) ${given}; `,
  ].join(' ');
}
