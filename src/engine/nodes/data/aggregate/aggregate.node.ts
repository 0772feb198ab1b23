import { defineNode, MAIN_PORT, param } from '../../../node-kit/index.ts';
import { aggregateFields, aggregateItems } from './aggregate-items.ts';

const FIELDS = { mode: ['fields'] };
const ALL_ITEMS = { mode: ['all-items'] };

export const aggregate = defineNode({
  type: 'aggregate',
  version: 1,
  group: 'data',
  inputs: MAIN_PORT,
  outputs: MAIN_PORT,
  aliases: ['collect', 'group', 'list', 'combine', 'array', '聚合', '汇总', '合并', '列表'],
  parameters: {
    mode: param.select({ options: ['fields', 'all-items'], default: 'fields' }),
    fields: param.list({
      min: 1,
      default: [{ field: '', renameTo: '' }],
      fields: { field: param.string({ required: true }), renameTo: param.string() },
      visibleWhen: FIELDS,
    }),
    keepMissing: param.boolean({ visibleWhen: FIELDS }),
    mergeLists: param.boolean({ visibleWhen: FIELDS }),
    missing: param.select({ options: ['ignore', 'fail'], default: 'ignore', visibleWhen: FIELDS }),
    destination: param.string({ default: 'data', required: true, visibleWhen: ALL_ITEMS }),
    include: param.select({ options: ['all', 'selected', 'except'], default: 'all', visibleWhen: ALL_ITEMS }),
    includeFields: param.list({
      fields: { field: param.string({ required: true }) },
      visibleWhen: { mode: ['all-items'], include: ['selected', 'except'] },
    }),
  },
  effect: 'pure',
  execute({ items, parameters }) {
    const settings = parameters(0);
    const json =
      settings.mode === 'fields' ? aggregateFields(items, settings) : aggregateItems(items, settings);
    return [{ json, pairedItem: items.map((_item, item) => ({ item })) }];
  },
});
