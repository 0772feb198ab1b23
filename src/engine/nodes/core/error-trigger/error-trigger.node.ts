import { defineTrigger, MAIN_PORT } from '../../../node-kit/index.ts';

/** Where a workflow begins when an execution failed: gives what is known about that one. */
export const errorTrigger = defineTrigger({
  type: 'error-trigger',
  version: 1,
  outputs: MAIN_PORT,
  parameters: {},
  aliases: ['on error', 'failure', 'alert', '错误', '失败', '告警'],
  trigger: { kind: 'error' },
  execute({ items, execution }) {
    return execution.mode === 'error' ? items : [{ json: SAMPLE }];
  },
});

/** What a manual run gives, to build the workflow with. */
const SAMPLE = {
  execution: {
    id: '019ac3f0-0000-7000-8000-000000000000',
    url: 'http://127.0.0.1:5680/#/executions/019ac3f0-0000-7000-8000-000000000000',
    mode: 'webhook',
    error: { message: 'Example of an error', code: 'NODE_FAILED' },
    lastNodeExecuted: 'HTTP Request',
  },
  workflow: { id: '019ac3f0-0000-7000-8000-000000000001', name: 'Example' },
};
