import type { WorkflowDocumentInput } from '../../src/contract/index.ts';

const main = (from: string, to: string, index = 0) => ({ from: { node: from, index }, to: { node: to } });

/** Manual trigger → a wait that is over at once: the shortest thing that runs. */
export const SHORT: WorkflowDocumentInput = {
  name: 'Short',
  nodes: [
    { id: 'start', name: 'Start', type: 'manual-trigger' },
    { id: 'end', name: 'End', type: 'wait', parameters: { amount: 0, unit: 'milliseconds' } },
  ],
  connections: [main('start', 'end')],
};

function pauseDocument(seconds: number): WorkflowDocumentInput {
  return {
    name: 'Pause',
    nodes: [
      { id: 'start', name: 'Start', type: 'manual-trigger' },
      { id: 'pause', name: 'Pause', type: 'wait', parameters: { amount: seconds, unit: 'seconds' } },
    ],
    connections: [main('start', 'pause')],
  };
}

/** Code that works for that long: unlike a wait, nothing of it can be put off. */
export function slowDocument(delayMs: number): WorkflowDocumentInput {
  const code = `await new Promise((resolve) => setTimeout(resolve, ${delayMs})); return {};`;
  return {
    name: 'Slow',
    nodes: [
      { id: 'start', name: 'Start', type: 'manual-trigger' },
      { id: 'code', name: 'Code', type: 'code', parameters: { code } },
    ],
    connections: [main('start', 'code')],
  };
}

/** Waits for a minute, so that there is something to stop. */
export const LONG = pauseDocument(60);

export function webhookDocument(name: string, path: string): WorkflowDocumentInput {
  return {
    name,
    nodes: [
      {
        id: 'hook',
        name: 'Hook',
        type: 'webhook-trigger',
        parameters: { path, methods: ['POST'], respond: 'at-end' },
      },
    ],
    connections: [],
  };
}
