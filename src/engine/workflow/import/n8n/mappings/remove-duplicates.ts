import type { MappedNode, NodeMapping, SourceNode } from '../mapping.ts';
import { fieldNames } from './split-out.ts';

export const removeDuplicates: NodeMapping = { from: ['removeDuplicates'], map: mapRemoveDuplicates };

const COMPARE = { allFields: 'all', allFieldsExcept: 'except', selectedFields: 'selected' } as const;

/** Also one of the operations of Item Lists. */
export function mapRemoveDuplicates(source: SourceNode): MappedNode | null {
  const { parameters, version } = source;
  const operation =
    source.type === 'removeDuplicates' && version >= 2
      ? parameters.text('operation', 'removeDuplicateInputItems')
      : 'removeDuplicateInputItems';
  if (operation !== 'removeDuplicateInputItems') {
    source.note('unsupported', 'NODE_VERSION_UNSUPPORTED', { type: 'removeDuplicates', operation });
    return null;
  }
  const compare = source.choose('compare', COMPARE, 'all');
  const options = parameters.child('options');
  options.ignore('disableDotNotation');
  const names = compare === 'except' ? 'fieldsToExclude' : compare === 'selected' ? 'fieldsToCompare' : null;
  const fields = names ? fieldNames(source, names).map((field) => ({ field })) : [];
  parameters.ignore('fieldsToExclude', 'fieldsToCompare');
  return {
    type: 'remove-duplicates',
    parameters: { compare, ...(names && { fields }), onlyCompared: options.flag('removeOtherFields') },
  };
}
