export { useTableNames } from './use-table-names.ts';
