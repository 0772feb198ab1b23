import type { Item } from '../../../../contract/index.ts';
import { defineNode, getPath, MAIN_PORT, NodeError, param } from '../../../node-kit/index.ts';
import { writeCsv } from './write-csv.ts';

const TEXTUAL = { format: ['text', 'base64'] };
const BOM = '\uFEFF';

export const convertToFile = defineNode({
  type: 'convert-to-file',
  version: 1,
  group: 'files',
  inputs: MAIN_PORT,
  outputs: MAIN_PORT,
  aliases: [
    'csv',
    'json',
    'text',
    'base64',
    'write',
    'export',
    'spreadsheet',
    '文件',
    '导出',
    '表格',
    '转换',
  ],
  parameters: {
    format: param.select({
      options: ['csv', 'json', 'text', 'base64'],
      default: 'csv',
      expression: false,
    }),
    scope: param.select({
      options: ['all', 'each'],
      default: 'all',
      expression: false,
      visibleWhen: { format: ['csv', 'json'] },
    }),
    field: param.string({ default: 'data', required: true, visibleWhen: TEXTUAL }),
    fileField: param.string({ default: 'data', required: true }),
    fileName: param.string({ placeholder: 'report.csv' }),
    mimeType: param.string({ placeholder: 'image/png', visibleWhen: { format: ['base64'] } }),
    delimiter: param.string({ default: ',', required: true, visibleWhen: { format: ['csv'] } }),
    header: param.boolean({ default: true, visibleWhen: { format: ['csv'] } }),
    indented: param.boolean({ visibleWhen: { format: ['json'] } }),
    byteOrderMark: param.boolean({ visibleWhen: { format: ['csv', 'json', 'text'] } }),
  },
  effect: 'pure',
  async execute(context) {
    if (context.items.length === 0) return [];
    const { format, scope } = context.parameters(0);
    if ((format === 'csv' || format === 'json') && scope === 'all') {
      const item = await fileOf(context.items, 0);
      return [{ ...item, pairedItem: context.items.map((_, index) => ({ item: index })) }];
    }
    return context.perItem(async (item, index) => ({
      ...(await fileOf([item], index)),
      pairedItem: { item: index },
    }));

    async function fileOf(items: readonly Item[], index: number): Promise<Item> {
      const settings = context.parameters(index);
      const content = await contentOf(items, settings);
      const about = ABOUT[settings.format];
      const reference = await context.binary.write(
        settings.byteOrderMark && typeof content === 'string'
          ? Buffer.from(BOM + content)
          : Buffer.from(content as string),
        { mimeType: settings.mimeType || about.mimeType, fileName: settings.fileName || about.fileName },
      );
      return { json: {}, binary: { [settings.fileField]: reference } };
    }
  },
});

const ABOUT = {
  csv: { mimeType: 'text/csv', fileName: 'data.csv' },
  json: { mimeType: 'application/json', fileName: 'data.json' },
  text: { mimeType: 'text/plain', fileName: 'data.txt' },
  base64: { mimeType: 'application/octet-stream', fileName: 'data' },
};

interface ContentRules {
  format: keyof typeof ABOUT;
  field: string;
  scope: 'all' | 'each';
  delimiter: string;
  header: boolean;
  indented: boolean;
}

async function contentOf(items: readonly Item[], rules: ContentRules): Promise<string | Buffer> {
  const rows = items.map(({ json }) => json);
  if (rules.format === 'csv') return writeCsv(rows, rules);
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
