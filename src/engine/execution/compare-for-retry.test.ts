import { expect, it } from 'vitest';
import { WorkflowDocument, type WorkflowDocumentInput } from '../../contract/index.ts';
import { compareForRetry } from './compare-for-retry.ts';
import { nodes, wire } from './test-rig.ts';

const parse = (document: Omit<WorkflowDocumentInput, 'name'>) =>
  WorkflowDocument.parse({ name: 'x', ...document });

it('tells what was removed, replaced, changed and rewired, and what had run', () => {
  const then = parse({
    nodes: nodes({ a: 'pass', b: 'pass', c: 'pass', d: 'pass', e: 'pass' }),
    connections: wire('a>b', 'b>c', 'c>d', 'd>e'),
  });
  const now = parse({
    nodes: nodes({
      a: { type: 'pass', name: 'Renamed', position: [9, 9], notes: 'moved' },
      b: { type: 'pass', parameters: { x: 1 } },
      c: 'other',
      d: 'pass',
    }),
    connections: wire('a>b', 'b>c', 'b>d'),
  });
  expect(compareForRetry(then, now, new Set(['a', 'b']))).toEqual([
    { nodeId: 'b', nodeName: 'b', kind: 'changed', hasRun: true },
    { nodeId: 'c', nodeName: 'c', kind: 'replaced', hasRun: false },
    { nodeId: 'd', nodeName: 'd', kind: 'rewired', hasRun: false },
    { nodeId: 'e', nodeName: 'e', kind: 'removed', hasRun: false },
  ]);
});
