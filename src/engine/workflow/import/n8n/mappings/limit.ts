import type { MappedNode, NodeMapping, SourceNode } from '../mapping.ts';

export const limit: NodeMapping = { from: ['limit'], map: mapLimit };

/** Also one of the operations of Item Lists. */
export function mapLimit(source: SourceNode): MappedNode {
  return {
    type: 'limit',
    parameters: {
      count: source.parameters.number('maxItems', 1),
      keep: source.choose('keep', { firstItems: 'first', lastItems: 'last' }, 'first'),
    },
  };
}
