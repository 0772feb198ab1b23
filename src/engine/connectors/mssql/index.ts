export { useMssql } from './connector.ts';
export { mssqlDialect } from './dialect.ts';
