import { describe, expect, it } from 'vitest';
import type { WorkflowDocument } from '../../../contract/index.ts';
import { copyNodes, parseFragment, pasteFragment } from './clipboard.ts';
import { linkOf, nodeOf, workflowOf } from './test-kit.ts';

const rename = (document: WorkflowDocument, id: string, name: string): WorkflowDocument => ({
  ...document,
  nodes: document.nodes.map((node) => (node.id === id ? { ...node, name } : node)),
});

const ids = () => {
  let next = 0;
  return () => `new${(next += 1)}`;
};

describe('clipboard', () => {
  it('copies nodes with the connections among them and their pinned data', () => {
    const document = workflowOf(['a', 'b', 'c'], ['a>b', 'b>c'], {
      pinnedData: { a: [{ json: {} }], c: [] },
    });
    expect(copyNodes(document, new Set(['a', 'b']))).toEqual({
      ...workflowOf(['a', 'b'], ['a>b']),
      pinnedData: { a: [{ json: {} }] },
    });
  });

  it('pastes under new ids and names that are free', () => {
    const document = workflowOf(['a', 'b'], ['a>b']);
    const pasted = pasteFragment(document, copyNodes(document, new Set(['a', 'b'])), {
      newId: ids(),
      rename,
    });
    expect(pasted.ids).toEqual(['new1', 'new2']);
    expect(pasted.document.nodes.slice(2)).toEqual([
      nodeOf('new1', { name: 'a 2', position: [48, 48] }),
      nodeOf('new2', { name: 'b 2', position: [272, 48] }),
    ]);
    expect(pasted.document.connections).toEqual([linkOf('a>b'), linkOf('new1>new2')]);
  });

  it('never gives two pasted nodes one name', () => {
    const document = workflowOf(['a', 'a 2']);
    const { document: next } = pasteFragment(document, document, { newId: ids(), rename });
    expect(next.nodes.map((node) => node.name)).toEqual(['a', 'a 2', 'a 3', 'a 4']);
  });

  it('puts the top left corner where it is told, on the grid', () => {
    const fragment = workflowOf(['a', 'b']);
    const { document } = pasteFragment(workflowOf([]), fragment, { at: [101, 50], newId: ids(), rename });
    expect(document.nodes.map((node) => node.position)).toEqual([
      [96, 48],
      [320, 48],
    ]);
  });

  it('reads a whole workflow from text, and nothing from other text', () => {
    expect(parseFragment(JSON.stringify({ nodes: [{ id: 'a', name: 'A', type: 't' }] }))?.nodes).toHaveLength(
      1,
    );
    expect(parseFragment('hello')).toBeNull();
    expect(parseFragment('{"a":1}')).toBeNull();
    expect(parseFragment('{broken')).toBeNull();
  });
});
