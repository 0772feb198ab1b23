import { inTransaction, type SqlDatabase } from '../../connectors/sql/index.ts';
import type { NodeOutput } from '../../node-kit/index.ts';
import { isOneTransaction } from './effects.ts';
import { runItem, type SqlContext } from './run-item.ts';
import { writeAll } from './write-all.ts';

/** What a node does with a database: all items in one transaction, or each on its own. */
export async function runSqlNode(database: SqlDatabase, context: SqlContext): Promise<NodeOutput> {
  const { dialect } = database;
  const { signal } = context;
  if (isOneTransaction(context.parameters(0), dialect))
    return database.use(signal, (client) =>
      inTransaction(client, () => writeAll({ client, dialect }, context), signal),
    );
  return context.perItem((item, index) =>
    database.use(signal, (client) => runItem({ client, dialect }, context, { item, index })),
  );
}
