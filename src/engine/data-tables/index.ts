export { readTableCsv, writeTableCsv } from './csv.ts';
