import type { Item } from '../../../../contract/index.ts';
import { defineNode, MAIN_PORT, param } from '../../../node-kit/index.ts';
import { fileContent } from './file-content.ts';

const TEXTUAL = { format: ['text', 'base64'] };

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
      const { bytes, mimeType, fileName } = await fileContent(items, settings);
      const reference = await context.binary.write(bytes, {
        mimeType: settings.mimeType || mimeType,
        fileName: settings.fileName || fileName,
      });
      return { json: {}, binary: { [settings.fileField]: reference } };
    }
  },
});
