import { defineNode, derive, MAIN_PORT } from '../../../node-kit/index.ts';

export const noOp = defineNode({
  type: 'no-op',
  version: 1,
  group: 'logic',
  inputs: MAIN_PORT,
  outputs: MAIN_PORT,
  aliases: ['nothing', 'pass', 'placeholder', '空操作', '占位'],
  parameters: {},
  effect: 'pure',
  itemwise: true,
  execute: ({ items }) => items.map((item, index) => derive(item.json, index, 0, item.binary)),
});
