import { defineNode, param } from '../../../node-kit/index.ts';
import { chooseBranch } from './choose-branch.ts';
import { append, byPosition, combinations } from './combine.ts';
import { byKey } from './by-key.ts';
import type { query } from './query.task.ts';

const ANY_NUMBER = { mode: ['append', 'by-position', 'choose-branch', 'sql'] };
const BY_KEY = { mode: ['by-key'] };
const COMBINING = { mode: ['by-position', 'by-key', 'combinations'] };

export const merge = defineNode({
  type: 'merge',
  version: 1,
  group: 'logic',
  inputs: [
    { kind: 'main', name: 'input', repeat: { parameter: 'inputs' }, visibleWhen: ANY_NUMBER },
    { kind: 'main', name: 'first', visibleWhen: { mode: ['by-key', 'combinations'] } },
    { kind: 'main', name: 'second', visibleWhen: { mode: ['by-key', 'combinations'] } },
  ],
  outputs: [{ kind: 'main', name: 'main' }],
  aliases: ['join', 'combine', 'append', 'concatenate', 'wait', '合并', '连接', '汇合'],
  parameters: {
    mode: param.select({
      options: ['append', 'by-position', 'by-key', 'combinations', 'sql', 'choose-branch'],
      default: 'append',
      expression: false,
    }),
    inputs: param.number({
      default: 2,
      min: 2,
      max: 10,
      integer: true,
      expression: false,
      visibleWhen: ANY_NUMBER,
    }),
    includeUnpaired: param.boolean({ visibleWhen: { mode: ['by-position'] } }),
    unpairedFrom: param.select({
      options: ['all', 'first'],
      default: 'all',
      visibleWhen: { mode: ['by-position'], includeUnpaired: [true] },
    }),
    fields: param.list({
      min: 1,
      default: [{ first: '', second: '' }],
      fields: { first: param.string({ required: true }), second: param.string() },
      visibleWhen: BY_KEY,
    }),
    join: param.select({
      options: ['inner', 'left', 'right', 'outer', 'anti'],
      default: 'inner',
      visibleWhen: BY_KEY,
    }),
    keep: param.select({
      options: ['both', 'first', 'second'],
      default: 'both',
      visibleWhen: { mode: ['by-key'], join: ['inner', 'anti'] },
    }),
    multipleMatches: param.select({ options: ['all', 'first', 'last'], default: 'all', visibleWhen: BY_KEY }),
    looseKeys: param.boolean({ visibleWhen: BY_KEY }),
    missing: param.select({ options: ['ignore', 'fail'], default: 'ignore', visibleWhen: BY_KEY }),
    sourceField: param.string({ visibleWhen: { mode: ['by-key'], join: ['anti'] } }),
    clash: param.select({
      options: ['prefer-first', 'prefer-last', 'suffix', 'suffix-all'],
      default: 'prefer-last',
      visibleWhen: COMBINING,
    }),
    nested: param.select({ options: ['deep', 'shallow'], default: 'deep', visibleWhen: COMBINING }),
    skipEmpty: param.boolean({ visibleWhen: COMBINING }),
    query: param.code({
      language: 'sql',
      default: 'SELECT * FROM input1 LEFT JOIN input2 ON input1.id = input2.id',
      expression: true,
      required: true,
      visibleWhen: { mode: ['sql'] },
    }),
    timeoutMs: param.number({
      default: 60_000,
      min: 1,
      max: 3_600_000,
      integer: true,
      visibleWhen: { mode: ['sql'] },
    }),
    branch: param.number({
      default: 1,
      min: 1,
      max: 10,
      integer: true,
      visibleWhen: { mode: ['choose-branch'] },
    }),
    emptyItem: param.boolean({ visibleWhen: { mode: ['choose-branch'] } }),
  },
  effect: 'pure',
  async execute(context) {
    const { inputs } = context;
    const settings = context.parameters(0);
    const lists = inputs.map((list) => list.read());
    const [first = [], second = []] = lists;
    switch (settings.mode) {
      case 'append':
        return append(lists);
      case 'by-position':
        return byPosition(lists, settings);
      case 'combinations':
        return combinations(first, second, settings);
      case 'by-key':
        return byKey(first, second, settings);
      case 'sql': {
        const tables = lists.map((list) => list.map(({ json }) => json));
        const request = { sql: settings.query, inputs: tables };
        const rows = await context.compute<typeof query>('query', request, settings);
        // Which items a row came from, SQL does not tell.
        return rows.map((json) => ({ json }));
      }
      case 'choose-branch':
        return settings.emptyItem ? [{ json: {} }] : chooseBranch(lists, settings.branch);
    }
  },
});
