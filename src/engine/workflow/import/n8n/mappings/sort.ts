import type { MappedNode, NodeMapping, SourceNode } from '../mapping.ts';

export const sort: NodeMapping = { from: ['sort'], map: mapSort };

/** Also one of the operations of Item Lists. */
export function mapSort(source: SourceNode): MappedNode {
  const { parameters } = source;
  const options = parameters.child('options');
  options.ignore('disableDotNotation');
  const type = source.choose('type', { simple: 'fields', random: 'random', code: 'code' }, 'fields');
  if (type === 'code') {
    // The comparison becomes part of the code: user code has only one place to run in.
    const compare = parameters.text('code');
    return {
      type: 'code',
      parameters: {
        language: 'javascript',
        mode: 'all-items',
        code: `return $input.all().sort((a, b) => {\n${compare}\n});`,
      },
    };
  }
  if (type === 'random') return { type: 'sort', parameters: { mode: 'random' } };
  const fields = parameters.rows('sortFieldsUi', 'sortField').map((row) => ({
    field: row.text('fieldName'),
    order: source.choose('order', { ascending: 'asc', descending: 'desc' }, 'asc', row),
  }));
  return { type: 'sort', parameters: { mode: 'fields', fields, caseSensitive: true } };
}
