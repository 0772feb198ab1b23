import { defineNode, derive, MAIN_PORT } from '../../../node-kit/index.ts';

/** The run loop does the catching: it gives `catch` the item that describes the failure. */
export const tryNode = defineNode({
  type: 'try',
  version: 1,
  group: 'logic',
  inputs: MAIN_PORT,
  outputs: [
    { kind: 'main', name: 'try' },
    { kind: 'main', name: 'catch' },
  ],
  aliases: ['catch', 'error', 'exception', 'scope', 'handle', '异常', '捕获', '错误处理', '容错'],
  parameters: {},
  effect: 'pure',
  scope: { output: 0, catch: 1 },
  execute: ({ items }) => ({
    ports: [items.map((item, index) => derive(item.json, index, 0, item.binary)), []],
  }),
});
