import { describe, expect, it } from 'vitest';
import { items, runNode } from '../../../node-kit/test-harness.ts';
import { executionData } from './execution-data.node.ts';

const run = (marks: Array<{ key: string; value: string }>) =>
  runNode(executionData, {
    parameters: (index) => ({ marks: marks.map(({ key, value }) => ({ key, value: value + index })) }),
    items: items({ a: 1 }, { a: 2 }),
  });

describe('execution-data', () => {
  it('marks the execution and passes items on; the last item decides', async () => {
    const { ports, marks } = await run([
      { key: ' order ', value: 'x' },
      { key: 'long', value: 'y'.repeat(600) },
    ]);
    expect(ports[0]?.map(({ json }) => json)).toEqual([{ a: 1 }, { a: 2 }]);
    expect(marks).toEqual({ order: 'x1', long: 'y'.repeat(512) });
  });

  it('refuses more than lists can show', async () => {
    const refused = { code: 'PARAMETER_INVALID' };
    await expect(run([{ key: 'k'.repeat(51), value: '' }])).rejects.toMatchObject(refused);
    const many = Array.from({ length: 11 }, (_, index) => ({ key: `k${index}`, value: '' }));
    await expect(run(many)).rejects.toMatchObject(refused);
  });
});
