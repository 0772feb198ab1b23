import { NodeError } from '../../node-kit/index.ts';
import { Statement, type ColumnKind, type TableColumns, type TablePlace } from '../sql/index.ts';
import { mssqlDialect } from './dialect.ts';
import type { MssqlClient } from './sql-client.ts';

/** Computed columns, and those the server fills by itself, cannot be written and are left out. */
const COLUMNS = `select c.name as name, t.name as type from sys.columns c
join sys.types t on t.user_type_id = c.system_type_id
where c.object_id = object_id(@p1) and c.is_computed = 0 and t.name <> 'timestamp'
order by c.column_id`;

/** The columns of a table that can be written. Throws SERVICE_REFUSED where there is no such table. */
export async function tableColumns(client: MssqlClient, place: TablePlace): Promise<TableColumns> {
  const rows = await client.rows({ sql: COLUMNS, values: [new Statement(mssqlDialect).table(place)] });
  if (rows.length === 0)
    throw new NodeError('SERVICE_REFUSED', {
      service: 'SQL Server',
      parameter: 'table',
      reason: `there is no table "${place.table}" in the schema "${place.schema}"`,
    });
  return new Map(rows.map(({ name, type }) => [String(name), kindOf(String(type))]));
}

function kindOf(type: string): ColumnKind {
  if (type === 'json') return 'json';
  return /^(?:smalldatetime|datetime2?)$/.test(type) ? 'moment' : 'other';
}
