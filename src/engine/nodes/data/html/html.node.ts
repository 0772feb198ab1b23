import { defineNode, derive, getPath, MAIN_PORT, NodeError, param } from '../../../node-kit/index.ts';
import { extractValues } from './extract-values.ts';
import { writeTable } from './write-table.ts';

const EXTRACT = { operation: ['extract'] };
const TABLE = { operation: ['table'] };

export const html = defineNode({
  type: 'html',
  version: 1,
  group: 'data',
  inputs: MAIN_PORT,
  outputs: MAIN_PORT,
  aliases: [
    'scrape',
    'css',
    'selector',
    'extract',
    'template',
    'web page',
    '网页',
    '提取',
    '爬取',
    '模板',
    '选择器',
  ],
  parameters: {
    operation: param.select({
      options: ['extract', 'template', 'table'],
      default: 'extract',
      expression: false,
    }),
    template: param.string({ multiline: true, visibleWhen: { operation: ['template'] } }),
    source: param.select({ options: ['field', 'file'], default: 'field', visibleWhen: EXTRACT }),
    field: param.string({ default: 'data', required: true, visibleWhen: EXTRACT }),
    values: param.list({
      min: 1,
      default: [{ key: 'title', selector: 'h1', take: 'text' }],
      visibleWhen: EXTRACT,
      fields: {
        key: param.string({ required: true }),
        selector: param.string({ required: true, placeholder: '.price' }),
        take: param.select({ options: ['text', 'html', 'attribute', 'value'], default: 'text' }),
        attribute: param.string({ placeholder: 'href', visibleWhen: { take: ['attribute'] } }),
        skip: param.string({ placeholder: 'img, nav', visibleWhen: { take: ['text'] } }),
        all: param.boolean(),
      },
    }),
    layout: param.boolean({ default: true, visibleWhen: EXTRACT }),
    trim: param.boolean({ default: true, visibleWhen: EXTRACT }),
    oneLine: param.boolean({ visibleWhen: EXTRACT }),
    caption: param.string({ visibleWhen: TABLE }),
    capitalize: param.boolean({ visibleWhen: TABLE }),
    styled: param.boolean({ default: true, visibleWhen: TABLE }),
    tableAttributes: param.string({ placeholder: 'class="orders"', visibleWhen: TABLE }),
    headerAttributes: param.string({ visibleWhen: TABLE }),
    rowAttributes: param.string({ visibleWhen: TABLE }),
    cellAttributes: param.string({ visibleWhen: TABLE }),
  },
  effect: 'pure',
  execute(context) {
    if (context.items.length > 0 && context.parameters(0).operation === 'table') {
      const rows = context.items.map(({ json }) => json);
      const pairedItem = context.items.map((_, index) => ({ item: index }));
      return [{ json: { table: writeTable(rows, context.parameters(0)) }, pairedItem }];
    }
    return context.perItem(async (item, index) => {
      const settings = context.parameters(index);
      if (settings.operation === 'template') return derive({ html: settings.template }, index);
      const results = [];
      for (const document of await documents()) {
        results.push(derive(await extractValues(document, settings.values, settings), index));
      }
      return results;

      async function documents(): Promise<string[]> {
        const { field, source } = settings;
        if (source === 'file') {
          const file = item.binary?.[field];
          if (!file) throw new NodeError('FIELD_MISSING', { field });
          return [(await context.binary.read(file)).toString('utf8')];
        }
        const found = getPath(item.json, field);
        if (found === undefined) throw new NodeError('FIELD_MISSING', { field });
        const list: unknown[] = Array.isArray(found) ? found : [found];
        if (!list.every((entry) => typeof entry === 'string'))
          throw new NodeError('PARAMETER_INVALID', {
            field,
            reason: 'it is neither a text nor a list of texts',
          });
        return list;
      }
    });
  },
});
