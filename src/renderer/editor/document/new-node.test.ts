import { describe, expect, it } from 'vitest';
import { addNewNode } from './new-node.ts';
import { linkOf, typeOf, workflowOf } from './test-kit.ts';

const fresh = { type: typeOf('no-op'), name: 'No-op', id: 'new' };

describe('addNewNode', () => {
  it('connects a node to the output it was asked for and puts it beside', () => {
    const document = addNewNode(workflowOf(['a']), { ...fresh, target: { from: linkOf('a:1>x').from } });
    expect(document.connections).toEqual([linkOf('a:1>new')]);
    expect(document.nodes.at(-1)).toMatchObject({ name: 'No-op', position: [224, 144] });
  });

  it('makes room in the middle of a connection', () => {
    const document = addNewNode(workflowOf(['a', 'b'], ['a>b']), {
      ...fresh,
      target: { between: linkOf('a>b') },
    });
    expect(document.connections).toEqual([linkOf('a>new'), linkOf('new>b')]);
    expect(document.nodes.map((node) => node.position[0])).toEqual([0, 448, 224]);
  });

  it('does not cover a node that is there', () => {
    const document = addNewNode(workflowOf(['a', 'b']), { ...fresh, target: { from: linkOf('a>x').from } });
    expect(document.nodes.at(-1)!.position).toEqual([224, 144]);
  });

  it('leaves a trigger unconnected', () => {
    const type = typeOf('webhook', { inputs: [] });
    expect(
      addNewNode(workflowOf(['a']), { ...fresh, type, target: { from: linkOf('a>x').from } }).connections,
    ).toEqual([]);
  });
});
