export { useMysql } from './connector.ts';
