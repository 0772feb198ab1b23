import { describe, expect, it } from 'vitest';
import { layoutNodes } from './layout.ts';
import { linkOf, workflowOf } from './test-kit.ts';

describe('layoutNodes', () => {
  it('puts each node one column right of the last it depends on', () => {
    const positions = layoutNodes(workflowOf(['c', 'a', 'b'], ['a>b', 'b>c', 'a>c']));
    expect(['a', 'b', 'c'].map((id) => positions.get(id)![0])).toEqual([0, 224, 448]);
  });

  it('spreads the branches of a node without overlap', () => {
    const positions = layoutNodes(workflowOf(['if', 'yes', 'no'], ['if:0>yes', 'if:1>no']));
    const [yes, no] = [positions.get('yes')!, positions.get('no')!];
    expect(yes[0]).toBe(no[0]);
    expect(no[1] - yes[1]).toBeGreaterThanOrEqual(160);
  });

  it('ends on a cycle', () => {
    const positions = layoutNodes(workflowOf(['a', 'b', 'c'], ['a>b', 'b>c', 'c>b']));
    expect(['a', 'b', 'c'].map((id) => positions.get(id)![0])).toEqual([0, 224, 448]);
  });

  it('puts sub-nodes beneath the node they serve', () => {
    const document = workflowOf(['agent', 'model'], []);
    const link = linkOf('model>agent');
    link.from.port = 'model';
    link.to.port = 'model';
    const positions = layoutNodes({ ...document, connections: [link] });
    expect(positions.get('model')![1]).toBeGreaterThan(positions.get('agent')![1]);
  });
});
