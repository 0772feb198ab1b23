import { defineNode, derive, MAIN_PORT, param } from '../../../node-kit/index.ts';
import { Marks } from './marks.ts';

export const executionData = defineNode({
  type: 'execution-data',
  version: 1,
  group: 'data',
  inputs: MAIN_PORT,
  outputs: MAIN_PORT,
  aliases: ['tag', 'label', 'search', 'highlight', '标签', '查找', '标记'],
  parameters: {
    marks: param.list({
      min: 1,
      default: [{ key: '', value: '' }],
      fields: { key: param.string({ required: true }), value: param.string() },
    }),
  },
  effect: 'pure',
  execute(context) {
    const { items, parameters } = context;
    const marks = new Marks();
    const output = items.map(({ json, binary }, index) => {
      for (const { key, value } of parameters(index).marks) marks.set(key, value);
      return derive(json, index, 0, binary);
    });
    context.mark(marks.values);
    return output;
  },
});
