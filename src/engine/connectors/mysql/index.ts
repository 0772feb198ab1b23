export { mysqlDialect } from './dialect.ts';
export { useMysql } from './connector.ts';
