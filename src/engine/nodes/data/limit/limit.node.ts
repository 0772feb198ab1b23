import { defineNode, derive, MAIN_PORT, param } from '../../../node-kit/index.ts';

export const limit = defineNode({
  type: 'limit',
  version: 1,
  group: 'data',
  inputs: MAIN_PORT,
  outputs: MAIN_PORT,
  aliases: ['first', 'last', 'top', 'slice', 'head', '限制', '前几条', '截取'],
  parameters: {
    count: param.number({ default: 1, min: 0, integer: true }),
    keep: param.select({ options: ['first', 'last'], default: 'first' }),
  },
  effect: 'pure',
  execute({ items, parameters }) {
    const { count, keep } = parameters(0);
    const start = keep === 'first' ? 0 : Math.max(items.length - count, 0);
    return items
      .slice(start, start + count)
      .map((item, index) => derive(item.json, start + index, 0, item.binary));
  },
});
