import type { SqlSettings } from './sql-parameters.ts';

/** Whether a query only looks. What begins with `with` may write, and so may functions that a `select` calls. */
export function readsOnly(query: string): boolean {
  return /^=?\s*(?:(?:--|#)[^\n]*\n\s*|\/\*[\s\S]*?\*\/\s*)*(?:select|show|values|table|explain|describe)\b/i.test(
    query,
  );
}

type Kind = Pick<SqlSettings, 'operation' | 'query'>;

export function effectOf({ operation, query }: Kind): 'read' | 'unsafe' {
  return operation === 'select' || (operation === 'execute' && readsOnly(query)) ? 'read' : 'unsafe';
}

/** Whether all items are written in one transaction. */
export function isOneTransaction(settings: Kind & Pick<SqlSettings, 'transaction'>): boolean {
  return effectOf(settings) === 'unsafe' && settings.transaction === 'all';
}
