import { NodeError } from '../../../node-kit/index.ts';
import { checkInflatedSize } from './check-inflated-size.ts';
import { dateText } from './date-text.ts';
import { decodeText, type TextEncodingName } from './decode-text.ts';
import { hideRtfCharacters, showRtfCharacters } from './rtf-characters.ts';

export interface WorkbookRules {
  bytes: Uint8Array;
  /** Named in errors. */
  field: string;
  /** For text formats: CSV, HTML, RTF. */
  encoding: TextEncodingName;
  /** Empty for the first one. */
  sheet: string;
  /** A1 notation, or the number of the first row from 0; empty for all. */
  range: string;
  /** The first row names the fields; without it each row is a list of cells in the field `row`. */
  header: boolean;
  /** 0 for all. */
  maxRows: number;
  /** Whether an empty cell is an empty text, instead of no field. */
  keepEmpty: boolean;
  /** Whether numbers and dates in text formats stay texts. */
  rawTexts: boolean;
  /** Dates as ISO 8601 texts without a zone, as which they are stored, or as serial numbers of days. */
  dates: 'text' | 'number';
}

type Row = Record<string, unknown>;

/**
 * The rows of one sheet of an XLSX, XLS, ODS, CSV, HTML or RTF file. Throws NodeError FILE_INVALID, FILE_PASSWORD,
 * FILE_TOO_LARGE, SHEET_MISSING.
 */
export async function readWorkbook(rules: WorkbookRules): Promise<Row[]> {
  const { field } = rules;
  const bytes = Buffer.from(rules.bytes.buffer, rules.bytes.byteOffset, rules.bytes.byteLength);
  await checkInflatedSize(bytes, field);
  const xlsx = await import('@e965/xlsx');
  // Old XLS files hold texts in the code page of their computer.
  xlsx.set_cptable(await import('@e965/xlsx/dist/cpexcel.full.mjs'));
  try {
    const isText = /^[^\0]*$/.test(bytes.subarray(0, 64).toString('latin1')) && bytes[0] !== 0x50;
    const workbook = isText
      ? xlsx.read(hideRtfCharacters(decodeText(bytes, rules.encoding)), {
          ...OPTIONS,
          ...how(rules),
          type: 'string',
        })
      : xlsx.read(bytes, { ...OPTIONS, ...how(rules), type: 'buffer' });
    const name = rules.sheet || workbook.SheetNames[0];
    const sheet = name === undefined ? undefined : workbook.Sheets[name];
    if (!sheet)
      throw new NodeError('SHEET_MISSING', {
        field,
        sheet: name ?? '',
        available: workbook.SheetNames.join(', '),
      });
    const from1904 = workbook.Workbook?.WBProps?.date1904 === true;
    const rows = xlsx.utils.sheet_to_json<Row | unknown[]>(sheet, {
      UTC: true,
      ...(rules.range !== '' && { range: /^\d+$/.test(rules.range) ? Number(rules.range) : rules.range }),
      ...(rules.keepEmpty && { defval: '' }),
      ...(!rules.header && { header: 1 }),
    });
    const most = rules.maxRows === 0 ? rows.length : rules.maxRows;
    const plain = (cell: unknown) => plainCell(cell, from1904);
    return rows
      .slice(0, most)
      .map((row) =>
        Array.isArray(row)
          ? { row: Array.from(row, (cell) => plain(cell) ?? null) }
          : Object.fromEntries(
              Object.entries(row).map(([column, cell]) => [showRtfCharacters(column), plain(cell)]),
            ),
      );
  } catch (error) {
    if (error instanceof NodeError) throw error;
    const reason = (error as Error).message;
    if (/password|encrypt/i.test(reason)) throw new NodeError('FILE_PASSWORD', { field });
    throw new NodeError('FILE_INVALID', { field, format: 'XLSX/XLS/ODS', reason });
  }
}

const OPTIONS = { dense: true, cellHTML: false, cellFormula: false };

/** Without their formats, serial numbers do not become dates. */
function how({ dates, rawTexts }: WorkbookRules) {
  return { cellNF: dates === 'text', raw: rawTexts };
}

function plainCell(cell: unknown, from1904: boolean): unknown {
  if (cell instanceof Date) return dateText(cell, from1904);
  return typeof cell === 'string' ? showRtfCharacters(cell) : cell;
}
