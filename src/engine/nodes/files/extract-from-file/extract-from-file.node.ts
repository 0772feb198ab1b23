import type { Item } from '../../../../contract/index.ts';
import { defineNode, derive, MAIN_PORT, NodeError, param, setPath } from '../../../node-kit/index.ts';
import { decodeText, TEXT_ENCODINGS } from './decode-text.ts';
import { itemsOf } from './items-of.ts';
import { readCsv } from './read-csv.ts';
import type { readIcs } from './read-ics.task.ts';
import type { readPdf } from './read-pdf.task.ts';
import type { readWorkbook } from './read-workbook.task.ts';

const CSV = { format: ['csv'] };
const SPREADSHEET = { format: ['spreadsheet'] };
const TABLE = { format: ['csv', 'spreadsheet'] };
const PDF = { format: ['pdf'] };
const ONE_VALUE = { format: ['json', 'text', 'base64', 'ics'] };

async function* toItems(chunks: AsyncIterable<Array<Item['json']>>, index: number): AsyncGenerator<Item[]> {
  for await (const rows of chunks) yield rows.map((row) => derive(row, index));
}

export const extractFromFile = defineNode({
  type: 'extract-from-file',
  version: 1,
  group: 'files',
  inputs: MAIN_PORT,
  outputs: MAIN_PORT,
  aliases: [
    ...[
      'csv',
      'json',
      'text',
      'base64',
      'parse',
      'read',
      'spreadsheet',
      'excel',
      'xlsx',
      'xls',
      'ods',
      'pdf',
    ],
    ...['ics', 'calendar', 'html', 'rtf', '文件', '读取', '解析', '表格', '提取', '电子表格', '日历'],
  ],
  parameters: {
    format: param.select({
      options: ['csv', 'spreadsheet', 'json', 'text', 'pdf', 'ics', 'base64'],
      default: 'csv',
      expression: false,
    }),
    fileField: param.string({ default: 'data', required: true }),
    field: param.string({ default: 'data', visibleWhen: ONE_VALUE }),
    encoding: param.select({
      options: TEXT_ENCODINGS,
      default: 'utf-8',
      visibleWhen: { format: ['csv', 'spreadsheet', 'json', 'text', 'ics'] },
    }),
    delimiter: param.string({ default: ',', required: true, visibleWhen: CSV }),
    sheet: param.string({ visibleWhen: SPREADSHEET }),
    range: param.string({ placeholder: 'A2:F100', visibleWhen: SPREADSHEET }),
    header: param.boolean({ default: true, visibleWhen: TABLE }),
    fromLine: param.number({ default: 1, min: 1, integer: true, visibleWhen: CSV }),
    maxRows: param.number({ default: 0, min: 0, integer: true, visibleWhen: TABLE }),
    keepEmpty: param.boolean({ visibleWhen: TABLE }),
    dates: param.select({ options: ['text', 'number'], default: 'text', visibleWhen: SPREADSHEET }),
    rawTexts: param.boolean({ visibleWhen: SPREADSHEET }),
    joinPages: param.boolean({ default: true, visibleWhen: PDF }),
    maxPages: param.number({ default: 0, min: 0, integer: true, visibleWhen: PDF }),
    password: param.string({ visibleWhen: PDF }),
    keep: param.select({
      options: ['nothing', 'fields', 'files', 'both'],
      default: 'nothing',
      visibleWhen: { format: [...ONE_VALUE.format, ...PDF.format] },
    }),
  },
  effect: 'pure',
  execute(context) {
    return context.perItem(async (item, index) => {
      const settings = context.parameters(index);
      const { fileField, format, field, encoding, keep } = settings;
      const file = item.binary?.[fileField];
      if (!file) throw new NodeError('FIELD_MISSING', { field: fileField });
      if (format === 'csv') {
        const rows = readCsv(context.binary.stream(file), { ...settings, field: fileField });
        return context.collect(toItems(rows, index));
      }
      const bytes = await context.binary.read(file);
      if (format === 'spreadsheet') {
        const rules = { ...settings, bytes, field: fileField };
        const rows = await context.compute<typeof readWorkbook>('read-workbook', rules);
        return rows.map((row) => derive(row, index));
      }
      const files = keep === 'files' || keep === 'both' ? item.binary : undefined;
      const kept = keep === 'fields' || keep === 'both' ? { ...item.json } : {};
      if (format === 'pdf') {
        const rules = { ...settings, bytes, field: fileField };
        return derive(
          { ...kept, ...(await context.compute<typeof readPdf>('read-pdf', rules)) },
          index,
          0,
          files,
        );
      }
      const value = await valueOf(bytes);
      if (field === '') return itemsOf(value, fileField).map((json) => derive(json, index, 0, files));
      setPath(kept, field, value);
      return derive(kept, index, 0, files);

      async function valueOf(content: Buffer): Promise<unknown> {
        if (format === 'base64') return content.toString('base64');
        const text = decodeText(content, encoding);
        if (format === 'text') return text;
        if (format === 'ics') return context.compute<typeof readIcs>('read-ics', { text, field: fileField });
        try {
          return JSON.parse(text) as unknown;
        } catch (error) {
          throw new NodeError('FILE_INVALID', {
            field: fileField,
            format: 'JSON',
            reason: (error as Error).message,
          });
        }
      }
    });
  },
});
