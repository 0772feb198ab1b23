import type { PoolClient } from 'pg';
import { NodeError } from '../../../node-kit/index.ts';

/** What a column takes, as far as values have to be written differently for it. */
export type ColumnKind = 'json' | 'array' | 'other';
export type TableColumns = ReadonlyMap<string, ColumnKind>;

/** Generated columns cannot be written, and are left out. */
const COLUMNS = `
  select a.attname as name, t.typcategory as category, t.typname as type
  from pg_attribute a
  join pg_class c on c.oid = a.attrelid
  join pg_namespace n on n.oid = c.relnamespace
  join pg_type t on t.oid = a.atttypid
  where n.nspname = $1 and c.relname = $2 and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''`;

/** The columns of a table that can be written. Throws SERVICE_REFUSED where there is no such table. */
export async function tableColumns(client: PoolClient, schema: string, table: string): Promise<TableColumns> {
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

/** A value as it is bound for a column. A text for a JSON column is JSON already, or else becomes a JSON text. */
export function toColumn(value: unknown, kind: ColumnKind | undefined): unknown {
  if (value === null || value === undefined) return null;
  if (kind === 'json') return typeof value === 'string' && isJson(value) ? value : JSON.stringify(value);
  if (kind === 'array' && Array.isArray(value)) return value;
  return typeof value === 'object' && !(value instanceof Uint8Array) ? JSON.stringify(value) : value;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
