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
  if (operation !== 'removeDuplicateInputItems') return acrossExecutions(source, operation);
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

const RULES = {
  removeItemsWithAlreadySeenKeyValues: 'seen',
  removeItemsUpToStoredIncrementalKey: 'number',
  removeItemsUpToStoredDate: 'date',
} as const;
const VALUES = { seen: 'dedupeValue', number: 'incrementalDedupeValue', date: 'dateDedupeValue' } as const;

function acrossExecutions(source: SourceNode, operation: string): MappedNode {
  const { parameters } = source;
  const options = parameters.child('options');
  const scope = source.choose('scope', { node: 'node', workflow: 'workflow' }, 'node', options);
  if (operation === 'clearDeduplicationHistory') {
    parameters.ignore('mode');
    return { type: 'remove-duplicates', parameters: { operation: 'clear', scope } };
  }
  const rule = source.choose('logic', RULES, 'seen');
  const value = parameters.text(VALUES[rule]);
  parameters.ignore(...Object.values(VALUES));
  return {
    type: 'remove-duplicates',
    parameters: {
      operation: 'earlier',
      rule,
      value,
      scope,
      ...(rule === 'seen' && { historySize: options.number('historySize', 10_000) }),
    },
  };
}
