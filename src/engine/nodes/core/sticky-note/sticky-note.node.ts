import { defineNode, param } from '../../../node-kit/index.ts';

/** A note on the canvas. It has no ports and never runs. */
export const stickyNote = defineNode({
  type: 'sticky-note',
  version: 1,
  group: 'core',
  inputs: [],
  outputs: [],
  aliases: ['comment', 'annotation', 'text', '便签', '注释', '说明'],
  parameters: {
    content: param.string({ multiline: true, expression: false }),
    width: param.number({ default: 240, min: 80, max: 4000, expression: false, hidden: true }),
    height: param.number({ default: 160, min: 60, max: 4000, expression: false, hidden: true }),
    color: param.select({ options: [1, 2, 3, 4, 5, 6, 7], default: 1, expression: false }),
  },
  effect: 'pure',
  execute: () => [],
});
