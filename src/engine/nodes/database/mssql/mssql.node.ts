import { mssqlDialect, useMssql } from '../../../connectors/mssql/index.ts';
import { defineNode, MAIN_PORT } from '../../../node-kit/index.ts';
import { effectOf, isOneTransaction, runSqlNode, sqlParameters } from '../../sql/index.ts';

export const mssql = defineNode({
  type: 'mssql',
  version: 1,
  group: 'database',
  inputs: MAIN_PORT,
  outputs: MAIN_PORT,
  aliases: ['sql server', 'microsoft', 'azure', 'tsql', 'sql', 'database', 'db', 'query', '数据库', '查询'],
  credentials: [{ name: 'database', types: ['mssql'], required: true }],
  parameters: sqlParameters({ schema: 'dbo', query: 'select sysdatetime() as now' }),
  effect: (settings) => effectOf(settings, mssqlDialect),
  // One transaction took place as a whole or not at all.
  effectUnit: (settings) => (isOneTransaction(settings, mssqlDialect) ? 'run' : 'item'),
  async execute(context) {
    const credential = await context.credential('database');
    return useMssql(
      context.connections,
      credential?.data ?? {},
      (database) => runSqlNode(database, context),
      context.signal,
    );
  },
});
