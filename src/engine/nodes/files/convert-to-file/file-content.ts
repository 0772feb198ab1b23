import type { Item } from '../../../../contract/index.ts';
import { getPath, NodeError } from '../../../node-kit/index.ts';

const BOM = '\uFEFF';
const OPEN_DOCUMENT = 'application/vnd.oasis.opendocument.spreadsheet';
const OFFICE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** What a file is called, and its media type, where the user says nothing. */
export const ABOUT = {
  csv: { mimeType: 'text/csv', fileName: 'data.csv' },
  xlsx: { mimeType: OFFICE, fileName: 'data.xlsx' },
  xls: { mimeType: 'application/vnd.ms-excel', fileName: 'data.xls' },
  ods: { mimeType: OPEN_DOCUMENT, fileName: 'data.ods' },
  html: { mimeType: 'text/html', fileName: 'data.html' },
  rtf: { mimeType: 'application/rtf', fileName: 'data.rtf' },
  json: { mimeType: 'application/json', fileName: 'data.json' },
  text: { mimeType: 'text/plain', fileName: 'data.txt' },
  base64: { mimeType: 'application/octet-stream', fileName: 'data' },
};

export interface ContentRules {
  format: 'json' | 'text' | 'base64';
  field: string;
  scope: 'all' | 'each';
  indented: boolean;
  byteOrderMark: boolean;
}

/** The bytes of a file with all items as JSON, or with the text or the bytes that a field of the first one holds. */
export function fileContent(items: readonly Item[], rules: ContentRules): Buffer {
  const content = contentOf(
    items.map(({ json }) => json),
    rules,
  );
  return typeof content === 'string' ? Buffer.from(rules.byteOrderMark ? BOM + content : content) : content;
}

function contentOf(rows: ReadonlyArray<Item['json']>, rules: ContentRules): string | Buffer {
  if (rules.format === 'json')
    return JSON.stringify(rules.scope === 'all' ? rows : rows[0], null, rules.indented ? 2 : undefined);
  const value = getPath(rows[0], rules.field);
  if (value === undefined || value === null) throw new NodeError('FIELD_MISSING', { field: rules.field });
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value as string | number | boolean);
  if (rules.format === 'text') return text;
  const bare = text.replace(/^data:[^,]*;base64,/, '').replace(/\s/g, '');
  if (!/^[\w+/-]*={0,2}$/.test(bare))
    throw new NodeError('PARAMETER_INVALID', { field: rules.field, reason: 'it is not Base64' });
  return Buffer.from(bare, 'base64');
}
