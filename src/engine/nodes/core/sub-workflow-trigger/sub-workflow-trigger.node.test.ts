import { describe, expect, it } from 'vitest';
import { subWorkflowTrigger } from './sub-workflow-trigger.node.ts';

describe('sub-workflow-trigger', () => {
  it('begins executions with the items of the caller', () => {
    expect(subWorkflowTrigger).toMatchObject({
      group: 'trigger',
      inputs: [],
      trigger: { kind: 'sub-workflow' },
    });
    expect(subWorkflowTrigger.execute).toBeUndefined();
  });
});
