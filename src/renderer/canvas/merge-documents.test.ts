import { describe, expect, it } from 'vitest';
import { WorkflowDocument, type WorkflowDocumentInput } from '../../contract/index.ts';
import { mergeDocuments } from './merge-documents.ts';

const node = (id: string, x: number): WorkflowDocumentInput['nodes'][number] => ({
  id,
  name: id,
  type: 'wait',
  position: [x, 0],
});
const main = (from: string, to: string) => ({ from: { node: from }, to: { node: to } });

describe('mergeDocuments', () => {
  it('keeps what is gone, beside what has taken its place, and marks connections', () => {
    const before = WorkflowDocument.parse({
      name: 'Old',
      nodes: [node('a', 0), node('b', 200), node('c', 400)],
      connections: [main('a', 'b'), main('b', 'c')],
    });
    const after = WorkflowDocument.parse({
      name: 'New',
      nodes: [node('a', 0), node('d', 210)],
      connections: [main('a', 'd')],
    });
    const { document, marks } = mergeDocuments(before, after);
    expect(document.name).toBe('New');
    expect(document.nodes.map(({ id, position }) => [id, ...position])).toEqual([
      ['a', 0, 0],
      ['d', 210, 0],
      ['b', 200, 136],
      ['c', 400, 0],
    ]);
    expect(document.connections).toHaveLength(3);
    expect([...marks]).toEqual([
      ['a:main:0>d:main:0', 'added'],
      ['a:main:0>b:main:0', 'removed'],
      ['b:main:0>c:main:0', 'removed'],
    ]);
  });

  it('gives the one document where nothing differs', () => {
    const same = WorkflowDocument.parse({
      name: 'Same',
      nodes: [node('a', 0)],
      connections: [main('a', 'a')],
    });
    expect(mergeDocuments(same, same)).toEqual({ document: same, marks: new Map() });
  });
});
