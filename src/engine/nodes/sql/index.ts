export { effectOf, isOneTransaction } from './effects.ts';
export { runSqlNode } from './run-sql-node.ts';
export { sqlParameters, type SqlSettings } from './sql-parameters.ts';
