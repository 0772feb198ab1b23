import { describe, expect, it } from 'vitest';
import { manualTrigger } from './manual-trigger.node.ts';

describe('manual-trigger', () => {
  it('begins executions and passes on what it is given', () => {
    expect(manualTrigger).toMatchObject({
      type: 'manual-trigger',
      group: 'trigger',
      inputs: [],
      trigger: { kind: 'manual' },
    });
    expect(manualTrigger.execute).toBeUndefined();
  });
});
