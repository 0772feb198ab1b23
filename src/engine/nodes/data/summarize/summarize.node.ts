import { defineNode, MAIN_PORT, param } from '../../../node-kit/index.ts';
import { AGGREGATIONS } from './aggregations.ts';
import { summarizeItems } from './summarize-items.ts';

export const summarizeNode = defineNode({
  type: 'summarize',
  version: 1,
  group: 'data',
  inputs: MAIN_PORT,
  outputs: MAIN_PORT,
  aliases: ['pivot', 'group by', 'sum', 'count', 'average', '统计', '透视', '求和', '分组', '计数'],
  parameters: {
    summaries: param.list({
      min: 1,
      default: [{ aggregation: 'count', field: '' }],
      fields: {
        aggregation: param.select({ options: AGGREGATIONS, default: 'count' }),
        field: param.string({ required: true }),
        includeEmpty: param.boolean({
          visibleWhen: { aggregation: ['append', 'concatenate', 'count', 'count-unique'] },
        }),
        separator: param.string({ default: ', ', visibleWhen: { aggregation: ['concatenate'] } }),
      },
    }),
    groupBy: param.list({ fields: { field: param.string({ required: true }) } }),
    output: param.select({ options: ['items', 'one-item'], default: 'items' }),
    skipEmptyGroups: param.boolean(),
    keysAsText: param.boolean(),
    dottedPaths: param.boolean({ default: true }),
    missing: param.select({ options: ['ignore', 'fail'], default: 'ignore' }),
  },
  effect: 'pure',
  execute({ items, parameters }) {
    return summarizeItems(items, parameters(0));
  },
});
