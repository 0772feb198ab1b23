import { mysqlDialect, useMysql } from '../../../connectors/mysql/index.ts';
import { defineNode, MAIN_PORT } from '../../../node-kit/index.ts';
import { effectOf, isOneTransaction, runSqlNode, sqlParameters } from '../../sql/index.ts';

export const mysql = defineNode({
  type: 'mysql',
  version: 1,
  group: 'database',
  inputs: MAIN_PORT,
  outputs: MAIN_PORT,
  aliases: ['mariadb', 'sql', 'database', 'db', 'query', '数据库', '查询'],
  credentials: [{ name: 'database', types: ['mysql'], required: true }],
  parameters: sqlParameters({ schema: '', query: 'select now()' }),
  effect: (settings) => effectOf(settings, mysqlDialect),
  // One transaction took place as a whole or not at all.
  effectUnit: (settings) => (isOneTransaction(settings, mysqlDialect) ? 'run' : 'item'),
  async execute(context) {
    const credential = await context.credential('database');
    return useMysql(
      context.connections,
      credential?.data ?? {},
      (database) => runSqlNode(database, context),
      context.signal,
    );
  },
});
