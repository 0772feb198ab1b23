import { usePostgres } from '../../../connectors/postgres/index.ts';
import { defineNode, MAIN_PORT } from '../../../node-kit/index.ts';
import { postgresParameters, type PostgresSettings } from './postgres-parameters.ts';
import { readsOnly, runStatement } from './run-statement.ts';
import { statementFor } from './statement-for.ts';
import { inTransaction } from './transaction.ts';
import { writeAll } from './write-all.ts';

export const postgres = defineNode({
  type: 'postgres',
  version: 1,
  group: 'database',
  inputs: MAIN_PORT,
  outputs: MAIN_PORT,
  aliases: ['postgresql', 'sql', 'database', 'db', 'query', '数据库', '查询'],
  credentials: [{ name: 'database', types: ['postgres'], required: true }],
  parameters: postgresParameters,
  effect: ({ operation, query }) =>
    operation === 'select' || (operation === 'execute' && readsOnly(query)) ? 'read' : 'unsafe',
  // One transaction took place as a whole or not at all.
  effectUnit: (settings) => (isOneTransaction(settings) ? 'run' : 'item'),
  async execute(context) {
    const { connections, signal } = context;
    const credential = await context.credential('database');
    const settings = context.parameters(0);
    return usePostgres(
      connections,
      credential?.data ?? {},
      (database) =>
        isOneTransaction(settings)
          ? database.use(signal, (client) => inTransaction(client, () => writeAll(client, context)))
          : context.perItem((item, index) =>
              database.use(signal, async (client) => {
                const statement = await statementFor(client, context, { item, index });
                return runStatement(client, statement, context, index);
              }),
            ),
      signal,
    );
  },
});

function isOneTransaction({ operation, transaction, query }: PostgresSettings): boolean {
  if (operation === 'select' || (operation === 'execute' && readsOnly(query))) return false;
  return transaction === 'all';
}
