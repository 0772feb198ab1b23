import { Readable } from 'node:stream';
import { NodeError } from '../../../node-kit/index.ts';
import { decodeStream, type TextEncodingName } from './decode-text.ts';

export interface CsvRules {
  /** Named in errors. */
  field: string;
  encoding: TextEncodingName;
  delimiter: string;
  /** The first row names the fields; without it each row is a list of cells in the field `row`. */
  header: boolean;
  /** From 1. */
  fromLine: number;
  /** 0 for all. */
  maxRows: number;
  /** Whether an empty cell is an empty text, instead of no field. */
  keepEmpty: boolean;
}

type Row = Record<string, unknown>;

const CHUNK_ROWS = 1000;

/** The rows as objects of texts, some at a time. Throws NodeError FILE_INVALID with the line for what is no CSV. */
export async function* readCsv(content: AsyncIterable<Uint8Array>, rules: CsvRules): AsyncGenerator<Row[]> {
  const { parse } = await import('csv-parse');
  const parser = parse({
    delimiter: rules.delimiter,
    columns: rules.header,
    from_line: rules.fromLine,
    bom: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
  });
  const source = Readable.from(decodeStream(content, rules.encoding));
  source.on('error', (error) => parser.destroy(error)).pipe(parser);
  let rows: Row[] = [];
  let count = 0;
  try {
    for await (const record of parser) {
      rows.push(toRow(record as Record<string, string> | string[], rules));
      count += 1;
      if (count === rules.maxRows) break;
      if (rows.length < CHUNK_ROWS) continue;
      yield rows;
      rows = [];
    }
    if (rows.length > 0) yield rows;
  } catch (error) {
    throw new NodeError('FILE_INVALID', {
      field: rules.field,
      format: 'CSV',
      reason: (error as Error).message,
    });
  } finally {
    source.destroy();
  }
}

function toRow(record: Record<string, string> | string[], { keepEmpty }: CsvRules): Row {
  if (Array.isArray(record)) return { row: record };
  if (keepEmpty) return record;
  const row: Row = {};
  for (const name of Object.keys(record)) {
    const cell = record[name];
    if (cell !== '') Object.defineProperty(row, name, { value: cell, ...ORDINARY });
  }
  return row;
}

/** Plain assignment would set the prototype for a column called `__proto__`. */
const ORDINARY = { enumerable: true, configurable: true, writable: true };
