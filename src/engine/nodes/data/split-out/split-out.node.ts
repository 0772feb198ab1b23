import { defineNode, MAIN_PORT, param } from '../../../node-kit/index.ts';
import { splitItem } from './split-item.ts';

export const splitOut = defineNode({
  type: 'split-out',
  version: 1,
  group: 'data',
  inputs: MAIN_PORT,
  outputs: MAIN_PORT,
  aliases: ['unwind', 'explode', 'flatten', 'list', 'array', '拆分', '展开', '列表', '数组'],
  parameters: {
    fields: param.list({
      min: 1,
      default: [{ field: '', destination: '' }],
      fields: { field: param.string({ required: true }), destination: param.string() },
    }),
    include: param.select({ options: ['none', 'selected', 'all'], default: 'none' }),
    includeFields: param.list({
      fields: { field: param.string({ required: true }) },
      visibleWhen: { include: ['selected'] },
    }),
    missing: param.select({ options: ['ignore', 'fail'], default: 'ignore' }),
    keepBinary: param.boolean(),
  },
  effect: 'pure',
  execute(context) {
    // A missing list fails the node as a whole: then no item is split.
    if (context.items.length > 0 && context.parameters(0).missing === 'fail')
      return context.items.flatMap((item, index) => splitItem(item, index, context.parameters(index)));
    return context.perItem((item, index) => splitItem(item, index, context.parameters(index)));
  },
});
