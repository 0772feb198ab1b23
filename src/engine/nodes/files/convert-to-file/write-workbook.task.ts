import { NodeError } from '../../../node-kit/index.ts';
import { rtfTable } from './rtf-table.ts';
import type { WorkbookFormat } from './workbook-formats.ts';

export interface WorkbookContent {
  format: WorkbookFormat;
  /** In the order they are written. */
  columns: string[];
  /** Plain cells, in the order of the columns. */
  rows: unknown[][];
  /** Whether the first row names the columns. */
  header: boolean;
  /** Formats with one table only have no use for it. */
  sheetName: string;
}

/** Without it the page would carry the name of the library. */
const HTML_HEAD = '<!DOCTYPE html><html><head><meta charset="utf-8"></head><body>';

/** A file with one table. Throws NodeError PARAMETER_INVALID for what the format cannot hold. */
export async function writeWorkbook(content: WorkbookContent): Promise<Uint8Array> {
  const { format, columns, rows, header, sheetName } = content;
  const table = header ? [columns, ...rows] : rows;
  if (format === 'rtf') return Buffer.from(rtfTable(table), 'latin1');
  const { utils, write } = await import('@e965/xlsx');
  try {
    const sheet = utils.aoa_to_sheet(table, { dense: true });
    if (format === 'html') return Buffer.from(utils.sheet_to_html(sheet, { header: HTML_HEAD }));
    const workbook = utils.book_new();
    utils.book_append_sheet(workbook, sheet, sheetName || 'Sheet');
    return write(workbook, {
      type: 'buffer',
      bookType: format === 'xls' ? 'biff8' : format,
      compression: true,
    }) as Buffer;
  } catch (error) {
    throw new NodeError('PARAMETER_INVALID', { field: 'format', reason: (error as Error).message });
  }
}
