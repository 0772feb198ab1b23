import { defineNode, derive, MAIN_PORT, matchesConditions, param } from '../../../node-kit/index.ts';

export const ifNode = defineNode({
  type: 'if',
  version: 1,
  group: 'logic',
  inputs: MAIN_PORT,
  outputs: [
    { kind: 'main', name: 'true' },
    { kind: 'main', name: 'false' },
  ],
  aliases: ['condition', 'branch', 'router', '条件', '判断', '分支'],
  parameters: { conditions: param.conditions() },
  effect: 'pure',
  itemwise: true,
  execute(context) {
    return context.perItem((item, index) => {
      const passed = [derive(item.json, index, 0, item.binary)];
      return {
        ports: matchesConditions(context.parameters(index).conditions, context.timezone)
          ? [passed, []]
          : [[], passed],
      };
    });
  },
});
