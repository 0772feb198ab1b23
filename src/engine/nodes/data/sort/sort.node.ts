import { defineNode, derive, MAIN_PORT, param } from '../../../node-kit/index.ts';
import { shuffledOrder, sortedOrder } from './sorted-order.ts';

const FIELDS = { mode: ['fields'] };

export const sort = defineNode({
  type: 'sort',
  version: 1,
  group: 'data',
  inputs: MAIN_PORT,
  outputs: MAIN_PORT,
  aliases: ['order', 'rank', 'shuffle', 'random', '排序', '随机', '打乱'],
  parameters: {
    mode: param.select({ options: ['fields', 'random'], default: 'fields' }),
    fields: param.list({
      min: 1,
      default: [{ field: '', order: 'asc' }],
      fields: {
        field: param.string({ required: true }),
        order: param.select({ options: ['asc', 'desc'], default: 'asc' }),
      },
      visibleWhen: FIELDS,
    }),
    caseSensitive: param.boolean({ visibleWhen: FIELDS }),
  },
  effect: 'pure',
  execute(context) {
    const { items } = context;
    const { mode, fields, caseSensitive } = context.parameters(0);
    const { order, unknownFields } =
      mode === 'random'
        ? { order: shuffledOrder(items.length, Math.random), unknownFields: [] }
        : sortedOrder(items, fields, caseSensitive);
    for (const field of unknownFields) context.log('warn', `No item has the field "${field}".`);
    return order.map((index) => {
      const { json, binary } = items[index] as (typeof items)[number];
      return derive(json, index, 0, binary);
    });
  },
});
