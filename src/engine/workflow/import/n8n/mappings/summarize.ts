import type { MappedNode, NodeMapping, SourceNode } from '../mapping.ts';
import { fieldNames } from './split-out.ts';

export const summarize: NodeMapping = { from: ['summarize'], map: mapSummarize };

const AGGREGATIONS = {
  append: 'append',
  average: 'average',
  concatenate: 'concatenate',
  count: 'count',
  countUnique: 'count-unique',
  max: 'max',
  min: 'min',
  sum: 'sum',
} as const;

/** Also one of the operations of Item Lists. */
export function mapSummarize(source: SourceNode): MappedNode {
  const { parameters, version } = source;
  const options = parameters.child('options');
  const summaries = parameters.rows('fieldsToSummarize', 'values').map((row) => {
    const separator = row.take('separateBy', ',');
    const custom = row.take('customSeparator', '');
    return {
      aggregation: source.choose('aggregation', AGGREGATIONS, 'count', row),
      field: row.text('field'),
      includeEmpty: row.flag('includeEmpty'),
      separator: separator === 'other' ? custom : separator,
    };
  });
  const isLists = source.type === 'itemLists';
  const accepts = options.flag('continueIfFieldNotFound') === true;
  const isLenient = isLists ? version >= 2.1 : accepts;
  return {
    type: 'summarize',
    parameters: {
      summaries,
      groupBy: fieldNames(source, 'fieldsToSplitBy').map((field) => ({ field })),
      output: source.choose(
        'outputFormat',
        { separateItems: 'items', singleItem: 'one-item' },
        'items',
        options,
      ),
      missing: isLenient ? 'ignore' : 'fail',
      // Before 1.1, and within Item Lists, groups were keyed by text.
      keysAsText: isLists || version < 1.1,
      dottedPaths: options.flag('disableDotNotation') !== true,
      skipEmptyGroups: options.flag('skipEmptySplitFields'),
    },
  };
}
