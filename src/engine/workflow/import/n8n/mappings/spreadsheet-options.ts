import type { SourceNode } from '../mapping.ts';
import type { ParameterSource } from '../parameter-source.ts';
import { TEXT_ENCODINGS } from './text-encodings.ts';

/** Rows of XLSX, XLS, ODS, HTML and RTF, which n8n reads with the options of the same library. */
export function readSpreadsheet(source: SourceNode, options: ParameterSource): Record<string, unknown> {
  options.ignore('readAsString');
  return {
    format: 'spreadsheet',
    sheet: options.text('sheetName'),
    range: options.text('range'),
    header: options.flag('headerRow', true),
    keepEmpty: options.flag('includeEmptyCells'),
    rawTexts: options.flag('rawData'),
    dates: 'number',
    encoding: source.choose('encoding', TEXT_ENCODINGS, 'utf-8', options),
  };
}

export function readCsv(source: SourceNode, options: ParameterSource): Record<string, unknown> {
  const most = options.number('maxRowCount', -1);
  // A byte order mark never becomes part of a text, and quotes in the middle of a cell are no error.
  options.ignore('stripBOM', 'enableBOM', 'relaxQuotes');
  return {
    format: 'csv',
    encoding: source.choose('encoding', TEXT_ENCODINGS, 'utf-8', options),
    delimiter: options.text('delimiter', ','),
    header: options.flag('headerRow', true),
    fromLine: options.number('fromLine', 0) || 1,
    maxRows: typeof most === 'number' ? Math.max(most, 0) : most,
    keepEmpty: options.flag('includeEmptyCells'),
  };
}

/** All items as one table. `name` is what the file is called without its extension, where nothing else is said. */
export function writeTable(format: string, name: string, options: ParameterSource): Record<string, unknown> {
  // Tables are always compressed where the format can be.
  options.ignore('compression');
  return {
    format,
    fileName: options.text('fileName', `${name}.${format}`),
    header: options.flag('headerRow', true),
    lists: 'columns',
    ...(format === 'csv' && {
      delimiter: options.text('delimiter', ','),
      byteOrderMark: options.flag('addBOM'),
    }),
    ...(['xlsx', 'xls', 'ods'].includes(format) && { sheetName: options.text('sheetName', 'Sheet') }),
  };
}
