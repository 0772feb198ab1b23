import { describe, expect, it } from 'vitest';
import { items, runNode } from '../../../node-kit/test-harness.ts';
import { subWorkflowTrigger } from './sub-workflow-trigger.node.ts';

const run = async (parameters: Record<string, unknown>, json: Record<string, unknown>) =>
  (await runNode(subWorkflowTrigger, { parameters, items: items(json) })).ports[0]?.[0]?.json;
const accepts = (type: string) => ({ accepts: 'fields', fields: [{ name: 'n', type }, { name: 'x' }] });

describe('sub-workflow-trigger', () => {
  it('gives what the workflow was called with', async () => {
    expect(subWorkflowTrigger).toMatchObject({ inputs: [], trigger: { kind: 'sub-workflow' } });
    expect(await run({}, { a: 1 })).toEqual({ a: 1 });
  });

  it('gives the declared fields in their types', async () => {
    expect(await run(accepts('number'), { n: '5', other: 1 })).toEqual({ n: 5, x: null });
    expect(await run(accepts('array'), { n: '[1]', x: {} })).toEqual({ n: [1], x: {} });
    await expect(run(accepts('number'), { n: 'many' })).rejects.toMatchObject({
      code: 'PARAMETER_INVALID',
      facts: { field: 'n' },
    });
  });
});
