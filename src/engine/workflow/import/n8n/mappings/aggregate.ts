import type { MappedNode, NodeMapping, SourceNode } from '../mapping.ts';
import { fieldNames } from './split-out.ts';

export const aggregate: NodeMapping = { from: ['aggregate'], map: mapAggregate };

const INCLUDE = { allFields: 'all', specifiedFields: 'selected', allFieldsExcept: 'except' } as const;

/** Also one of the operations of Item Lists. */
export function mapAggregate(source: SourceNode): MappedNode {
  const { parameters } = source;
  const options = parameters.child('options');
  const mode = source.choose(
    'aggregate',
    { aggregateIndividualFields: 'fields', aggregateAllItemData: 'all-items' },
    'fields',
  );
  if (mode === 'fields') {
    const fields = parameters.rows('fieldsToAggregate', 'fieldToAggregate').map((row) => {
      const isRenamed = row.flag('renameField') === true;
      const field = row.text('fieldToAggregate');
      const renameTo = row.text('outputFieldName');
      return { field, renameTo: isRenamed ? renameTo : '' };
    });
    options.ignore('disableDotNotation', 'includeBinaries', 'keepOnlyUnique');
    return {
      type: 'aggregate',
      parameters: {
        mode,
        fields,
        keepMissing: options.flag('keepMissing'),
        missing: source.type === 'itemLists' && source.version < 2.1 ? 'fail' : 'ignore',
        mergeLists: options.flag('mergeLists'),
      },
    };
  }
  const include = source.choose('include', INCLUDE, 'all');
  const names = include === 'selected' ? 'fieldsToInclude' : include === 'except' ? 'fieldsToExclude' : null;
  options.ignore('disableDotNotation', 'includeBinaries', 'keepOnlyUnique');
  return {
    type: 'aggregate',
    parameters: {
      mode,
      destination: parameters.text('destinationFieldName', 'data'),
      include,
      ...(names && { includeFields: fieldNames(source, names).map((field) => ({ field })) }),
    },
  };
}
