import type { Item } from '../../../../contract/index.ts';
import { getPath, itemListOf, NodeError } from '../../../node-kit/index.ts';
import { writeCsv } from './write-csv.ts';

const BOM = '\uFEFF';
const ABOUT = {
  csv: { mimeType: 'text/csv', fileName: 'data.csv' },
  json: { mimeType: 'application/json', fileName: 'data.json' },
  text: { mimeType: 'text/plain', fileName: 'data.txt' },
  base64: { mimeType: 'application/octet-stream', fileName: 'data' },
};

export interface ContentRules {
  format: keyof typeof ABOUT;
  field: string;
  scope: 'all' | 'each';
  delimiter: string;
  header: boolean;
  indented: boolean;
  byteOrderMark: boolean;
}

/** What the file holds, and what it is called where the user names nothing. */
export async function fileContent(
  items: readonly Item[],
  rules: ContentRules,
): Promise<{ bytes: Buffer; mimeType: string; fileName: string }> {
  const content = await contentOf(items, rules);
  const bytes =
    typeof content === 'string' ? Buffer.from(rules.byteOrderMark ? BOM + content : content) : content;
  return { bytes, ...ABOUT[rules.format] };
}

async function contentOf(items: readonly Item[], rules: ContentRules): Promise<string | Buffer> {
  const rows = items.map(({ json }) => json);
  if (rules.format === 'csv') {
    const parts: Uint8Array[] = [];
    for await (const part of writeCsv(itemListOf(items), { ...rules, byteOrderMark: false }))
      parts.push(part);
    return Buffer.concat(parts).toString();
  }
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
