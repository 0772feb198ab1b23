import type { ExpressionScope } from '../sandbox/index.ts';

/** A scope for tests: a workflow without other nodes, and no items. */
export function fakeScope(given: Partial<ExpressionScope> = {}): ExpressionScope {
  return {
    owner: 'workflow-1@1',
    items: [],
    nodeId: 'n1',
    nodeName: 'Set',
    nodeVersion: 1,
    runIndex: 0,
    previousNode: null,
    workflow: { id: 'workflow-1', name: 'Test', active: false },
    execution: { id: 'execution-1', mode: 'test', resumeUrl: null, resumeFormUrl: null },
    customData: { all: () => ({}) },
    vars: {},
    env: {},
    timezone: 'America/New_York',
    now: Date.UTC(2026, 0, 15, 12),
    parameters: {},
    node: () => undefined,
    pairedItem: () => ({ broken: 'there is no such item.' }),
    ...given,
  };
}
