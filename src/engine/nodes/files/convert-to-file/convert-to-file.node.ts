import type { Item } from '../../../../contract/index.ts';
import {
  defineNode,
  EMPTY_ITEM_LIST,
  itemListOf,
  MAIN_PORT,
  param,
  type ItemList,
} from '../../../node-kit/index.ts';
import { ABOUT, fileContent } from './file-content.ts';
import { isWorkbookFormat, WORKBOOK_FORMATS } from './workbook-formats.ts';
import { tableOf } from './table.ts';
import { writeCsv } from './write-csv.ts';
import type { writeWorkbook } from './write-workbook.task.ts';

const TEXTUAL = { format: ['text', 'base64'] };
const TABLE = { format: ['csv', ...WORKBOOK_FORMATS] };

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
    ...['csv', 'json', 'text', 'base64', 'write', 'export', 'spreadsheet', 'excel', 'xlsx', 'xls', 'ods'],
    ...['html', 'rtf', '文件', '导出', '表格', '转换', '电子表格'],
  ],
  parameters: {
    format: param.select({
      options: ['csv', ...WORKBOOK_FORMATS, 'json', 'text', 'base64'],
      default: 'csv',
      expression: false,
    }),
    scope: param.select({
      options: ['all', 'each'],
      default: 'all',
      expression: false,
      visibleWhen: { format: ['json', ...TABLE.format] },
    }),
    field: param.string({ default: 'data', required: true, visibleWhen: TEXTUAL }),
    fileField: param.string({ default: 'data', required: true }),
    fileName: param.string({ placeholder: 'report.csv' }),
    mimeType: param.string({ placeholder: 'image/png', visibleWhen: { format: ['base64'] } }),
    delimiter: param.string({ default: ',', required: true, visibleWhen: { format: ['csv'] } }),
    sheetName: param.string({ placeholder: 'Sheet', visibleWhen: { format: ['xlsx', 'xls', 'ods'] } }),
    header: param.boolean({ default: true, visibleWhen: TABLE }),
    lists: param.select({ options: ['json', 'columns'], default: 'json', visibleWhen: TABLE }),
    indented: param.boolean({ visibleWhen: { format: ['json'] } }),
    byteOrderMark: param.boolean({ visibleWhen: { format: ['csv', 'json', 'text'] } }),
  },
  effect: 'pure',
  chunked: ({ format = 'csv', scope = 'all' }) => format === 'csv' && scope === 'all',
  async execute(context) {
    if (context.items.length === 0) return [];
    const { format, scope } = context.parameters(0);
    if (scope === 'all' && (format === 'json' || TABLE.format.includes(format))) {
      const list = context.inputs[0] ?? EMPTY_ITEM_LIST;
      return [{ ...(await fileOf(list, 0)), ...lineageOf(list.length) }];
    }
    return context.perItem(async (item, index) => ({
      ...(await fileOf(itemListOf([item]), index)),
      pairedItem: { item: index },
    }));

    async function fileOf(list: ItemList, index: number): Promise<Item> {
      const settings = context.parameters(index);
      const about = ABOUT[settings.format];
      const reference = await context.binary.write(await contentOf(list, settings), {
        mimeType: settings.mimeType || about.mimeType,
        fileName: settings.fileName || about.fileName,
      });
      return { json: {}, binary: { [settings.fileField]: reference } };
    }

    async function contentOf(list: ItemList, settings: ReturnType<typeof context.parameters>) {
      const { format: kind } = settings;
      // A part at a time: tables may be larger than memory.
      if (kind === 'csv') return writeCsv(list, settings);
      const items = [...list.read()];
      if (!isWorkbookFormat(kind)) return fileContent(items, { ...settings, format: kind });
      const { header, sheetName, lists } = settings;
      const content = { ...tableOf(items, lists), format: kind, header, sheetName };
      return context.compute<typeof writeWorkbook>('write-workbook', content);
    }
  },
});
