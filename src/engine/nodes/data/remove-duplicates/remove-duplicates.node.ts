import {
  defineNode,
  derive,
  MAIN_PORT,
  omitFields,
  param,
  pickFields,
  type ExecuteContext,
} from '../../../node-kit/index.ts';
import { firstOfEach } from './first-of-each.ts';
import { newerThan } from './newer-than.ts';
import { notSeenBefore } from './not-seen-before.ts';

const INPUT = { operation: ['input'] };
const EARLIER = { operation: ['earlier'] };
const CHOSEN = { ...INPUT, compare: ['selected', 'except'] };

const parameters = {
  operation: param.select({ options: ['input', 'earlier', 'clear'], default: 'input', expression: false }),
  compare: param.select({ options: ['all', 'selected', 'except'], default: 'all', visibleWhen: INPUT }),
  fields: param.list({
    min: 1,
    default: [{ field: '' }],
    fields: { field: param.string({ required: true }) },
    visibleWhen: CHOSEN,
  }),
  onlyCompared: param.boolean({ visibleWhen: CHOSEN }),
  rule: param.select({ options: ['seen', 'number', 'date'], default: 'seen', visibleWhen: EARLIER }),
  value: param.string({ required: true, placeholder: '{{ $json.id }}', visibleWhen: EARLIER }),
  scope: param.select({
    options: ['node', 'workflow'],
    default: 'node',
    visibleWhen: { operation: ['earlier', 'clear'] },
  }),
  historySize: param.number({
    default: 10_000,
    min: 1,
    max: 100_000,
    integer: true,
    visibleWhen: { ...EARLIER, rule: ['seen'] },
  }),
};
/** What the history is kept under. */
const HISTORY = 'duplicates';

export const removeDuplicates = defineNode({
  type: 'remove-duplicates',
  version: 1,
  group: 'data',
  inputs: MAIN_PORT,
  outputs: [
    { kind: 'main', name: 'kept' },
    { kind: 'main', name: 'removed' },
  ],
  aliases: ['unique', 'dedupe', 'distinct', 'new', '去重', '重复', '唯一', '增量'],
  parameters,
  effect: 'pure',
  async execute(context) {
    const { items } = context;
    const { operation, scope } = context.parameters(0);
    if (operation === 'clear') context.kept.set(scope, HISTORY, null);
    const kept = await keptIndexes(context);
    const ports: [ReturnType<typeof derive>[], ReturnType<typeof derive>[]] = [[], []];
    items.forEach(({ json, binary }, index) => {
      const isKept = kept.has(index);
      ports[isKept ? 0 : 1].push(derive(isKept ? shown(json) : json, index, 0, binary));
    });
    return { ports };

    function shown(json: (typeof items)[number]['json']) {
      const { compare, fields, onlyCompared } = context.parameters(0);
      if (operation !== 'input' || !onlyCompared || compare === 'all') return json;
      const paths = fields.map(({ field }) => field);
      return compare === 'except' ? omitFields(json, paths) : pickFields(json, paths);
    }
  },
});

async function keptIndexes(context: ExecuteContext<typeof parameters>): Promise<ReadonlySet<number>> {
  const { items, kept, timezone } = context;
  const { operation, compare, fields, rule, scope, historySize } = context.parameters(0);
  if (operation === 'clear') return new Set(items.keys());
  if (operation === 'input')
    return firstOfEach(
      items,
      compare,
      fields.map(({ field }) => field),
    );
  const values = items.map((_item, index) => context.parameters(index).value);
  const history = await kept.get(scope, HISTORY);
  const found =
    rule === 'seen'
      ? notSeenBefore(values, history, historySize)
      : newerThan(values, history, { rule, timezone });
  kept.set(scope, HISTORY, found.history);
  return found.indexes;
}
