import { expect, it } from 'vitest';
import { WorkflowDocument, type WorkflowDocumentInput } from '../../../contract/index.ts';
import { staleNodes } from './stale-nodes.ts';

const chain = (change: Partial<WorkflowDocumentInput['nodes'][number]> = {}) =>
  WorkflowDocument.parse({
    name: 'x',
    nodes: ['a', 'b', 'c'].map((id) => ({ id, name: id, type: 'no-op', ...(id === 'b' && change) })),
    connections: [
      { from: { node: 'a' }, to: { node: 'b' } },
      { from: { node: 'b' }, to: { node: 'c' } },
    ],
  });
const stale = (now: WorkflowDocument) => [...staleNodes(chain(), now, ['a', 'b', 'c'])];

it('marks a changed node and all that follows it', () => {
  expect(stale(chain())).toEqual([]);
  expect(stale(chain({ position: [5, 5], notes: 'moved' }))).toEqual([]);
  expect(stale(chain({ parameters: { x: 1 } }))).toEqual(['b', 'c']);
});

it('marks what is connected otherwise', () => {
  const now = chain();
  now.connections = now.connections.slice(0, 1);
  expect(stale(now)).toEqual(['c']);
});

it('leaves out what did not run', () => {
  expect([...staleNodes(chain(), chain({ disabled: true }), ['a', 'b'])]).toEqual(['b']);
});
