import { postgresDialect, usePostgres } from '../../../connectors/postgres/index.ts';
import { defineNode, MAIN_PORT } from '../../../node-kit/index.ts';
import { effectOf, isOneTransaction, runSqlNode, sqlParameters } from '../../sql/index.ts';

export const postgres = defineNode({
  type: 'postgres',
  version: 1,
  group: 'database',
  inputs: MAIN_PORT,
  outputs: MAIN_PORT,
  aliases: ['postgresql', 'sql', 'database', 'db', 'query', '数据库', '查询'],
  credentials: [{ name: 'database', types: ['postgres'], required: true }],
  parameters: sqlParameters({ schema: 'public', query: 'select now()' }),
  effect: (settings) => effectOf(settings, postgresDialect),
  // One transaction took place as a whole or not at all.
  effectUnit: (settings) => (isOneTransaction(settings, postgresDialect) ? 'run' : 'item'),
  async execute(context) {
    const credential = await context.credential('database');
    return usePostgres(
      context.connections,
      credential?.data ?? {},
      (database) => runSqlNode(database, context),
      context.signal,
    );
  },
});
