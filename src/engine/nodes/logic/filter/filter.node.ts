import { defineNode, derive, MAIN_PORT, matchesConditions, param } from '../../../node-kit/index.ts';

export const filter = defineNode({
  type: 'filter',
  version: 1,
  group: 'logic',
  inputs: MAIN_PORT,
  outputs: [
    { kind: 'main', name: 'kept' },
    { kind: 'main', name: 'discarded' },
  ],
  aliases: ['condition', 'where', 'remove', '过滤', '条件', '筛选'],
  parameters: { conditions: param.conditions() },
  effect: 'pure',
  itemwise: true,
  execute(context) {
    return context.perItem((item, index) => {
      const passed = [derive(item.json, index, 0, item.binary)];
      const isKept = matchesConditions(context.parameters(index).conditions, context.timezone);
      return { ports: isKept ? [passed, []] : [[], passed] };
    });
  },
});
