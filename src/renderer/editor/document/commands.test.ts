import { describe, expect, it } from 'vitest';
import {
  addNode,
  changeNode,
  connect,
  disconnect,
  insertOnConnection,
  moveNodes,
  removeNodes,
  setDisabled,
  setPinned,
} from './commands.ts';
import { linkOf, nodeOf, typeOf, workflowOf } from './test-kit.ts';

describe('document commands', () => {
  it('leave the document they are given as it was', () => {
    const document = Object.freeze(workflowOf(['a', 'b'], ['a>b']));
    const before = structuredClone(document);
    addNode(document, nodeOf('c'));
    removeNodes(document, new Set(['a']));
    moveNodes(document, new Map([['a', [16, 16]]]));
    connect(document, linkOf('b>a'));
    setPinned(document, 'a', [{ json: {} }]);
    expect(document).toEqual(before);
  });

  it('join the neighbours when a node between two others goes', () => {
    expect(removeNodes(workflowOf(['a', 'b', 'c'], ['a:1>b', 'b>c']), new Set(['b'])).connections).toEqual([
      linkOf('a:1>c'),
    ]);
  });

  it('remove all connections and pinned data of the nodes that go', () => {
    const document = workflowOf(['a', 'b', 'c'], ['a>b', 'a>c', 'b>c'], { pinnedData: { a: [], c: [] } });
    expect(removeNodes(document, new Set(['a', 'b']))).toEqual({
      ...workflowOf([]),
      nodes: [document.nodes[2]],
      pinnedData: { c: [] },
    });
  });

  it('give the same document when nothing changes', () => {
    const document = workflowOf(['a', 'b'], ['a>b']);
    expect(moveNodes(document, new Map([['a', [0, 0]]]))).toBe(document);
    expect(connect(document, linkOf('a>b'))).toBe(document);
    expect(disconnect(document, [linkOf('b>a')])).toBe(document);
    expect(setDisabled(document, new Set(['a']), false)).toBe(document);
    expect(setPinned(document, 'a', null)).toBe(document);
  });

  it('take away a field that is set to undefined', () => {
    const document = changeNode(workflowOf(['a']), 'a', { notes: 'n' });
    expect(changeNode(document, 'a', { notes: undefined })).toEqual(workflowOf(['a']));
  });

  it('put a node in the middle of a connection', () => {
    const document = addNode(workflowOf(['a', 'b'], ['a:1>b']), nodeOf('m'));
    expect(insertOnConnection(document, linkOf('a:1>b'), nodeOf('m'), typeOf('no-op')).connections).toEqual([
      linkOf('a:1>m'),
      linkOf('m>b'),
    ]);
  });
});
