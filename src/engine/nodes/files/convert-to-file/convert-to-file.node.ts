import type { Item } from '../../../../contract/index.ts';
import { defineNode, EMPTY_ITEM_LIST, MAIN_PORT, param, type ItemList } from '../../../node-kit/index.ts';
import { fileContent } from './file-content.ts';
import { writeCsv } from './write-csv.ts';

const TEXTUAL = { format: ['text', 'base64'] };

/** More origins than this would take more room than the items of a small file. */
const MOST_ORIGINS = 10_000;

function lineageOf(count: number): Pick<Item, 'pairedItem'> {
  if (count > MOST_ORIGINS) return {};
  return { pairedItem: Array.from({ length: count }, (_, index) => ({ item: index })) };
}

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
  chunked: ({ format = 'csv', scope = 'all' }) => format === 'csv' && scope === 'all',
  async execute(context) {
    if (context.items.length === 0) return [];
    const { format, scope } = context.parameters(0);
    if (format === 'csv' && scope === 'all') return [await csvOf(context.inputs[0] ?? EMPTY_ITEM_LIST)];
    if (format === 'json' && scope === 'all')
      return [{ ...(await fileOf(context.items, 0)), ...lineageOf(context.items.length) }];
    return context.perItem(async (item, index) => ({
      ...(await fileOf([item], index)),
      pairedItem: { item: index },
    }));

    /** A part at a time: tables may be larger than memory. */
    async function csvOf(list: ItemList): Promise<Item> {
      const settings = context.parameters(0);
      const reference = await context.binary.write(writeCsv(list, settings), {
        mimeType: 'text/csv',
        fileName: settings.fileName || 'data.csv',
      });
      return { json: {}, binary: { [settings.fileField]: reference }, ...lineageOf(list.length) };
    }

    async function fileOf(items: readonly Item[], index: number): Promise<Item> {
      const settings = context.parameters(index);
      const { bytes, mimeType, fileName } = await fileContent(items, settings);
      const reference = await context.binary.write(bytes, {
        mimeType: settings.mimeType || mimeType,
        fileName: settings.fileName || fileName,
      });
      return { json: {}, binary: { [settings.fileField]: reference } };
    }
  },
});
