import type { NodeMapping } from '../mapping.ts';

export const executeWorkflow: NodeMapping = {
  from: ['executeWorkflow'],
  map(source) {
    const { parameters } = source;
    if (!['database', 'parameter'].includes(parameters.text('source', 'database'))) {
      source.note('unsupported', 'NODE_VERSION_UNSUPPORTED', {
        type: 'executeWorkflow',
        operation: parameters.text('source'),
      });
      return null;
    }
    const reference = parameters.take('workflowId', '');
    const chosen = reference as { value?: unknown; cachedResultName?: unknown } | string | null;
    const id = typeof chosen === 'object' && chosen !== null ? chosen.value : chosen;
    const name = typeof chosen === 'object' && chosen !== null ? chosen.cachedResultName : undefined;
    source.note('to-do', 'WORKFLOW_TO_CHOOSE', { workflow: name ?? id ?? '' });
    parameters.child('workflowInputs').takeAll();
    return {
      type: 'execute-workflow',
      parameters: {
        workflow: typeof id === 'string' && id.startsWith('=') ? id : '',
        mode: source.choose('mode', { once: 'once', each: 'each-item' }, 'once'),
        wait: parameters.child('options').flag('waitForSubWorkflow', true),
      },
    };
  },
};

export const executeWorkflowTrigger: NodeMapping = {
  from: ['executeWorkflowTrigger'],
  map({ parameters }) {
    parameters.ignore(
      'inputSource',
      'jsonExample',
      'workflowInputs',
      'notice',
      'events',
      'outdatedVersionWarning',
    );
    return { type: 'sub-workflow-trigger', parameters: {} };
  },
};
