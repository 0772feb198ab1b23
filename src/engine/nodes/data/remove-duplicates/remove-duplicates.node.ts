import { defineNode, derive, MAIN_PORT, omitFields, param, pickFields } from '../../../node-kit/index.ts';
import { firstOfEach } from './first-of-each.ts';

export const removeDuplicates = defineNode({
  type: 'remove-duplicates',
  version: 1,
  group: 'data',
  inputs: MAIN_PORT,
  outputs: [
    { kind: 'main', name: 'kept' },
    { kind: 'main', name: 'removed' },
  ],
  aliases: ['unique', 'dedupe', 'distinct', '去重', '重复', '唯一'],
  parameters: {
    compare: param.select({ options: ['all', 'selected', 'except'], default: 'all' }),
    fields: param.list({
      min: 1,
      default: [{ field: '' }],
      fields: { field: param.string({ required: true }) },
      visibleWhen: { compare: ['selected', 'except'] },
    }),
    onlyCompared: param.boolean({ visibleWhen: { compare: ['selected', 'except'] } }),
  },
  effect: 'pure',
  execute({ items, parameters }) {
    const { compare, fields, onlyCompared } = parameters(0);
    const paths = fields.map(({ field }) => field);
    const kept = firstOfEach(items, compare, paths);
    const ports: [ReturnType<typeof derive>[], ReturnType<typeof derive>[]] = [[], []];
    items.forEach(({ json, binary }, index) => {
      const isKept = kept.has(index);
      const compared = compare === 'except' ? omitFields(json, paths) : pickFields(json, paths);
      const shown = isKept && onlyCompared && compare !== 'all' ? compared : json;
      ports[isKept ? 0 : 1].push(derive(shown, index, 0, binary));
    });
    return { ports };
  },
});
