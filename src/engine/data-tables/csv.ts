import { CsvError, parse } from 'csv-parse';
import { stringify } from 'csv-stringify/sync';
import { SYSTEM_COLUMNS, type DataRow, type DataTable, type DataValues } from '../../contract/index.ts';
import { EngineError } from '../kernel/index.ts';

/** Rows that are written per turn of the event loop. */
const ROWS_PER_TURN = 1000;

/**
 * The rows of a CSV text whose first line names columns; empty cells are none. Columns that every row has by itself are
 * left out, so that what was exported can be read again. Throws DATA_CSV_INVALID.
 */
export async function readTableCsv(csv: string): Promise<DataValues[]> {
  const rows: DataValues[] = [];
  const parser = parse(csv, { bom: true, columns: true, skip_empty_lines: true, info: false });
  try {
    for await (const record of parser as AsyncIterable<Record<string, string>>) {
      const cells = Object.entries(record).filter(
        ([name]) => !(SYSTEM_COLUMNS as readonly string[]).includes(name),
      );
      rows.push(Object.fromEntries(cells.map(([name, text]) => [name, text === '' ? null : text])));
    }
  } catch (cause) {
    if (!(cause instanceof CsvError)) throw cause;
    const line = typeof cause['lines'] === 'number' ? cause['lines'] : 1;
    throw new EngineError('DATA_CSV_INVALID', { line, reason: cause.message }, { cause });
  }
  return rows;
}

/** A first line of column names, then a line per row. */
export async function writeTableCsv(table: DataTable, rows: readonly DataRow[]): Promise<string> {
  const names = table.columns.map(({ name }) => name);
  const texts = [stringify([[...SYSTEM_COLUMNS, ...names]])];
  for (let start = 0; start < rows.length; start += ROWS_PER_TURN) {
    const lines = rows
      .slice(start, start + ROWS_PER_TURN)
      .map(({ id, createdAt, updatedAt, values }) => [
        ...[String(id), new Date(createdAt).toISOString(), new Date(updatedAt).toISOString()],
        ...names.map((name) => cellText(values[name])),
      ]);
    texts.push(stringify(lines));
    await new Promise((resolve) => setImmediate(resolve));
  }
  return texts.join('');
}

function cellText(value: unknown): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
