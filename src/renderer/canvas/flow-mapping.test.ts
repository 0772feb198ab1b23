import { describe, expect, it } from 'vitest';
import { linkOf, typeOf, workflowOf } from '../editor/document/test-kit.ts';
import {
  connectionId,
  fromFlowConnection,
  handleId,
  parseHandleId,
  toFlowEdges,
  toFlowNodes,
} from './flow-mapping.ts';

describe('flow mapping', () => {
  const document = workflowOf(['a', 'b'], ['a:1>b']);

  it('gives handles ids that read back', () => {
    expect(parseHandleId(handleId('out', { kind: 'vector-store', index: 3 }))).toEqual({
      side: 'out',
      kind: 'vector-store',
      index: 3,
    });
    expect(parseHandleId('out:wire:0')).toBeNull();
    expect(parseHandleId('')).toBeNull();
  });

  it('draws every connection as an edge and reads it back', () => {
    const [edge] = toFlowEdges(document);
    expect(edge).toMatchObject({
      id: connectionId(linkOf('a:1>b')),
      sourceHandle: 'out:main:1',
      targetHandle: 'in:main:0',
    });
    expect(
      fromFlowConnection({ source: 'a', target: 'b', sourceHandle: 'out:main:1', targetHandle: 'in:main:0' }),
    ).toEqual(linkOf('a:1>b'));
  });

  it('reads a connection drawn from the input to the output', () => {
    expect(
      fromFlowConnection({ source: 'b', target: 'a', sourceHandle: 'in:main:0', targetHandle: 'out:main:1' }),
    ).toEqual(linkOf('a:1>b'));
  });

  it('leaves out connections to nodes that are gone', () => {
    expect(toFlowEdges(workflowOf(['a'], ['a>x']))).toEqual([]);
  });

  it('keeps a port that only a connection names', () => {
    const [a] = toFlowNodes(document, () => typeOf('no-op'));
    expect(a?.data?.ports.outputs.map((port) => port.missing ?? false)).toEqual([false, true]);
  });
});
