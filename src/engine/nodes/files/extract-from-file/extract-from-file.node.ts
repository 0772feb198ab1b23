import type { Item } from '../../../../contract/index.ts';
import { defineNode, derive, MAIN_PORT, NodeError, param, setPath } from '../../../node-kit/index.ts';
import { decodeText, TEXT_ENCODINGS } from './decode-text.ts';
import { itemsOf } from './items-of.ts';
import { readCsv } from './read-csv.ts';

const CSV = { format: ['csv'] };
const ONE_VALUE = { format: ['json', 'text', 'base64'] };

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
    'csv',
    'json',
    'text',
    'base64',
    'parse',
    'read',
    'spreadsheet',
    '文件',
    '读取',
    '解析',
    '表格',
    '提取',
  ],
  parameters: {
    format: param.select({
      options: ['csv', 'json', 'text', 'base64'],
      default: 'csv',
      expression: false,
    }),
    fileField: param.string({ default: 'data', required: true }),
    field: param.string({ default: 'data', visibleWhen: ONE_VALUE }),
    encoding: param.select({
      options: TEXT_ENCODINGS,
      default: 'utf-8',
      visibleWhen: { format: ['csv', 'json', 'text'] },
    }),
    delimiter: param.string({ default: ',', required: true, visibleWhen: CSV }),
    header: param.boolean({ default: true, visibleWhen: CSV }),
    fromLine: param.number({ default: 1, min: 1, integer: true, visibleWhen: CSV }),
    maxRows: param.number({ default: 0, min: 0, integer: true, visibleWhen: CSV }),
    keepEmpty: param.boolean({ visibleWhen: CSV }),
    keep: param.select({
      options: ['nothing', 'fields', 'files', 'both'],
      default: 'nothing',
      visibleWhen: ONE_VALUE,
    }),
  },
  effect: 'pure',
  execute(context) {
    return context.perItem(async (item, index) => {
      const { fileField, format, field, encoding, keep, ...rules } = context.parameters(index);
      const file = item.binary?.[fileField];
      if (!file) throw new NodeError('FIELD_MISSING', { field: fileField });
      if (format === 'csv') {
        const rows = readCsv(context.binary.stream(file), { ...rules, encoding, field: fileField });
        return context.collect(toItems(rows, index));
      }
      const content = await context.binary.read(file);
      const files = keep === 'files' || keep === 'both' ? item.binary : undefined;
      if (field === '')
        return itemsOf(valueOf(content), fileField).map((json) => derive(json, index, 0, files));
      const json = keep === 'fields' || keep === 'both' ? { ...item.json } : {};
      setPath(json, field, valueOf(content));
      return derive(json, index, 0, files);

      function valueOf(bytes: Buffer): unknown {
        if (format === 'base64') return bytes.toString('base64');
        const text = decodeText(bytes, encoding);
        if (format === 'text') return text;
        try {
          return JSON.parse(text) as unknown;
        } catch (error) {
          const reason = `the file is not JSON: ${(error as Error).message}`;
          throw new NodeError('PARAMETER_INVALID', { field: fileField, reason });
        }
      }
    });
  },
});
