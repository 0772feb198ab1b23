import type { MappedNode, NodeMapping, SourceNode } from '../mapping.ts';
import { readCsv, readSpreadsheet } from './spreadsheet-options.ts';
import { TEXT_ENCODINGS } from './text-encodings.ts';

const SPREADSHEETS: ReadonlySet<string> = new Set(['html', 'ods', 'rtf', 'xls', 'xlsx']);
const VALUES: Readonly<Record<string, string>> = {
  ...{ fromJson: 'json', text: 'text', xml: 'text', binaryToPropery: 'base64', fromIcs: 'ics' },
};

export const extractFromFile: NodeMapping = {
  from: ['extractFromFile'],
  map(source) {
    const { parameters } = source;
    const operation = parameters.text('operation', 'csv');
    const fileField = parameters.text('binaryPropertyName', 'data');
    const options = parameters.child('options');
    if (operation === 'csv') return extract({ fileField, ...readCsv(source, options) });
    if (SPREADSHEETS.has(operation)) return extract({ fileField, ...readSpreadsheet(source, options) });
    const keeps = { json: 'fields', binary: 'files', both: 'both' };
    const keep = source.choose<string>('keepSource', keeps, 'nothing', options);
    if (operation === 'pdf') {
      return extract({
        ...{ format: 'pdf', fileField, keep },
        joinPages: options.flag('joinPages', true),
        maxPages: options.number('maxPages', 0),
        password: options.text('password'),
      });
    }
    const format = Object.hasOwn(VALUES, operation) ? VALUES[operation] : undefined;
    if (format === undefined) return null;
    options.ignore('stripBOM', 'enableBOM');
    return extract({
      ...{ format, fileField, keep, field: parameters.text('destinationKey', 'data') },
      ...(format !== 'base64' && { encoding: source.choose('encoding', TEXT_ENCODINGS, 'utf-8', options) }),
    });
  },
};

export const readPdf: NodeMapping = {
  from: ['readPDF'],
  map({ parameters }: SourceNode) {
    const isEncrypted = parameters.take('encrypted') === true;
    const password = parameters.text('password');
    return extract({
      format: 'pdf',
      fileField: parameters.text('binaryPropertyName', 'data'),
      password: isEncrypted ? password : '',
      keep: 'files',
    });
  },
};

function extract(parameters: Record<string, unknown>): MappedNode {
  return { type: 'extract-from-file', parameters };
}
