import { defineTrigger, derive, MAIN_PORT, param } from '../../../node-kit/index.ts';
import { fitInputs } from './fit-inputs.ts';

/** Where a workflow begins when another one calls it: gives the items it was called with. */
export const subWorkflowTrigger = defineTrigger({
  type: 'sub-workflow-trigger',
  version: 1,
  outputs: MAIN_PORT,
  parameters: {
    accepts: param.select({ options: ['anything', 'fields'], default: 'anything', expression: false }),
    fields: param.list({
      fields: {
        name: param.string({ required: true, expression: false }),
        type: param.select({
          options: ['any', 'string', 'number', 'boolean', 'array', 'object'],
          default: 'any',
          expression: false,
        }),
      },
      visibleWhen: { accepts: ['fields'] },
    }),
  },
  aliases: ['called', 'when executed by another workflow', '子工作流', '被调用'],
  trigger: { kind: 'sub-workflow' },
  execute({ items, parameters }) {
    const { accepts, fields } = parameters(0);
    if (accepts === 'anything') return items;
    return items.map(({ json, binary }, index) => derive(fitInputs(json, fields, index), index, 0, binary));
  },
});
