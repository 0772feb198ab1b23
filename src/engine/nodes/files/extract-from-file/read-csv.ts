import { Readable } from 'node:stream';
import { NodeError } from '../../../node-kit/index.ts';
import { decodeStream, type TextEncodingName } from './decode-text.ts';

export interface CsvRules {
  /** Named in errors. */
  field: string;
  encoding: TextEncodingName;
  delimiter: string;
  /** The first row names the fields; without it they are called 0, 1, 2, … */
  header: boolean;
  /** From 1. */
  fromLine: number;
  /** 0 for all. */
  maxRows: number;
  /** Whether an empty cell is an empty text, instead of no field. */
  keepEmpty: boolean;
}

/** The rows as objects of texts. Throws NodeError PARAMETER_INVALID with the line for what is no CSV. */
export async function readCsv(
  content: AsyncIterable<Uint8Array>,
  rules: CsvRules,
): Promise<Array<Record<string, string>>> {
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
  const rows: Array<Record<string, string>> = [];
  const source = Readable.from(decodeStream(content, rules.encoding));
  source.on('error', (error) => parser.destroy(error)).pipe(parser);
  try {
    for await (const record of parser) {
      const row = Object.entries(record as Record<string, string>);
      rows.push(Object.fromEntries(rules.keepEmpty ? row : row.filter(([, cell]) => cell !== '')));
      if (rows.length === rules.maxRows) break;
    }
  } catch (error) {
    const reason = `the file is not CSV: ${(error as Error).message}`;
    throw new NodeError('PARAMETER_INVALID', { field: rules.field, reason });
  } finally {
    source.destroy();
  }
  return rows;
}
