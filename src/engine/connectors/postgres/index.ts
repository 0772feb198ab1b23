export { usePostgres } from './connector.ts';
