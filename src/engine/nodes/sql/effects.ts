import type { SqlDialect } from '../../connectors/sql/index.ts';
import type { SqlSettings } from './sql-parameters.ts';

type Kind = Pick<SqlSettings, 'operation' | 'query'>;

export function effectOf({ operation, query }: Kind, { readsOnly }: SqlDialect): 'read' | 'unsafe' {
  return operation === 'select' || (operation === 'execute' && readsOnly(query)) ? 'read' : 'unsafe';
}

/** Whether all items are written in one transaction. */
export function isOneTransaction(
  settings: Kind & Pick<SqlSettings, 'transaction'>,
  dialect: SqlDialect,
): boolean {
  return effectOf(settings, dialect) === 'unsafe' && settings.transaction === 'all';
}
