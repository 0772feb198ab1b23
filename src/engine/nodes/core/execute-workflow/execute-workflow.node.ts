import type { Item } from '../../../../contract/index.ts';
import { defineNode, derive, MAIN_PORT, param } from '../../../node-kit/index.ts';
import { inputsOf } from './inputs-of.ts';
import { pairResults } from './pair-results.ts';

export const executeWorkflow = defineNode({
  type: 'execute-workflow',
  version: 1,
  group: 'core',
  inputs: MAIN_PORT,
  outputs: MAIN_PORT,
  aliases: ['sub-workflow', 'call', 'run workflow', '子工作流', '调用工作流'],
  parameters: {
    workflow: param.workflow({ required: true }),
    mode: param.select({ options: ['once', 'each-item'], default: 'once' }),
    send: param.select({ options: ['items', 'fields'], default: 'items', expression: false }),
    fields: param.assignments({ visibleWhen: { send: ['fields'] } }),
    wait: param.boolean({ default: true }),
  },
  // After a crash a call finds the execution it began; what that one does is looked after there.
  effect: 'keyed',
  effectUnit: ({ mode }) => (mode === 'once' ? 'run' : 'item'),
  async execute(context) {
    const { items, parameters } = context;
    const { mode, workflow, wait } = parameters(0);
    const sent = (item: Item, index: number): Item => {
      const { send, fields } = parameters(index);
      return send === 'fields' ? { ...item, json: inputsOf(fields, index) } : item;
    };
    if (mode === 'once') {
      const { items: results } = await context.runWorkflow({
        workflowId: workflow,
        items: items.map(sent),
        wait,
      });
      return wait
        ? pairResults(results, items.length)
        : items.map((item, index) => derive(item.json, index, 0, item.binary));
    }
    return context.perItem(async (item, index) => {
      const own = parameters(index);
      const { items: results } = await context.runWorkflow({
        workflowId: own.workflow,
        items: [sent(item, index)],
        wait: own.wait,
        unit: index,
      });
      return own.wait ? pairResults(results, 1) : item;
    });
  },
});
