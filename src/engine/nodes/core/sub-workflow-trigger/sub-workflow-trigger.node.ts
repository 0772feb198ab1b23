import { defineTrigger, MAIN_PORT } from '../../../node-kit/index.ts';

/** Where a workflow begins when another one calls it: gives the items it was called with. */
export const subWorkflowTrigger = defineTrigger({
  type: 'sub-workflow-trigger',
  version: 1,
  outputs: MAIN_PORT,
  parameters: {},
  aliases: ['called', 'when executed by another workflow', '子工作流', '被调用'],
  trigger: { kind: 'sub-workflow' },
});
