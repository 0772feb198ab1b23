import type { ConditionSet } from '../../../../../contract/index.ts';
import type { NodeMapping, SourceNode } from '../mapping.ts';
import { firstConditions, toConditionSet } from './n8n-conditions.ts';

export const ifNode: NodeMapping = {
  from: ['if'],
  map: (source) => ({
    type: 'if',
    parameters: {
      conditions:
        source.version < 2
          ? firstConditions(
              source.parameters,
              source.choose('combineOperation', { all: 'and', any: 'or' }, 'and'),
            )
          : laterConditions(source),
    },
  }),
};

export const filter: NodeMapping = {
  from: ['filter'],
  map: (source) => ({
    type: 'filter',
    parameters: {
      conditions:
        source.version < 2
          ? firstConditions(
              source.parameters,
              source.choose('combineConditions', { AND: 'and', OR: 'or' }, 'and'),
            )
          : laterConditions(source),
    },
  }),
};

/** Since version 2 both take a filter value; how strict it is has moved between the options and the top. */
export function laterConditions({ parameters, version }: SourceNode): ConditionSet {
  const options = parameters.child('options');
  const loose =
    options.take('looseTypeValidation') ??
    (version >= 2.2 ? parameters.take('looseTypeValidation') : undefined);
  parameters.ignore('looseTypeValidation');
  return toConditionSet(parameters.take('conditions'), { loose, ignoreCase: options.take('ignoreCase') });
}
