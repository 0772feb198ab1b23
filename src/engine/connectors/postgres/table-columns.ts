import type { ClientBase } from 'pg';
import { NodeError } from '../../node-kit/index.ts';
import type { ColumnKind, TableColumns, TablePlace } from '../sql/index.ts';

/** Generated columns cannot be written, and are left out. */
const COLUMNS = `
  select a.attname as name, t.typcategory as category, t.typname as type
  from pg_attribute a
  join pg_class c on c.oid = a.attrelid
  join pg_namespace n on n.oid = c.relnamespace
  join pg_type t on t.oid = a.atttypid
  where n.nspname = $1 and c.relname = $2 and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''`;

/** The columns of a table that can be written. Throws SERVICE_REFUSED where there is no such table. */
export async function tableColumns(client: ClientBase, { schema, table }: TablePlace): Promise<TableColumns> {
  const { rows } = await client.query<{ name: string; category: string; type: string }>(COLUMNS, [
    schema,
    table,
  ]);
  if (rows.length === 0)
    throw new NodeError('SERVICE_REFUSED', {
      service: 'PostgreSQL',
      parameter: 'table',
      reason: `there is no table "${table}" in the schema "${schema}"`,
    });
  return new Map(rows.map(({ name, category, type }) => [name, kindOf(category, type)]));
}

function kindOf(category: string, type: string): ColumnKind {
  if (type === 'json' || type === 'jsonb') return 'json';
  return category === 'A' ? 'array' : 'other';
}
