import type { NodeMapping } from '../mapping.ts';
import { readCsv, readSpreadsheet, writeTable } from './spreadsheet-options.ts';

const FORMATS = { csv: 'csv', html: 'html', ods: 'ods', rtf: 'rtf', xls: 'xls', xlsx: 'xlsx' };

export const spreadsheetFile: NodeMapping = {
  from: ['spreadsheetFile'],
  map(source) {
    const { parameters } = source;
    const operation = parameters.text('operation', 'fromFile');
    const fileField = parameters.text('binaryPropertyName', 'data');
    const options = parameters.child('options');
    if (operation === 'toFile') {
      const format = source.choose('fileFormat', FORMATS, 'xls');
      return {
        type: 'convert-to-file',
        parameters: { fileField, ...writeTable(format, 'spreadsheet', options) },
      };
    }
    if (operation !== 'fromFile') return null;
    const format = parameters.text('fileFormat', 'autodetect');
    if (format === 'csv')
      return { type: 'extract-from-file', parameters: { fileField, ...readCsv(source, options) } };
    const rules = readSpreadsheet(source, options);
    // Since version 2 a CSV file that is recognised as one gives texts.
    if (source.version >= 2) Object.assign(rules, { rawTexts: true });
    return { type: 'extract-from-file', parameters: { fileField, ...rules } };
  },
};
