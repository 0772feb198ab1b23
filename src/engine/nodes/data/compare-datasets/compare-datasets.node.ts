import { defineNode, param } from '../../../node-kit/index.ts';
import { compareDatasets } from './compare-datasets.ts';

export const compareDatasetsNode = defineNode({
  type: 'compare-datasets',
  version: 1,
  group: 'data',
  inputs: [
    { kind: 'main', name: 'first' },
    { kind: 'main', name: 'second' },
  ],
  outputs: [
    { kind: 'main', name: 'onlyFirst' },
    { kind: 'main', name: 'same' },
    { kind: 'main', name: 'different' },
    { kind: 'main', name: 'onlySecond' },
  ],
  aliases: ['diff', 'sync', 'changes', 'added', 'removed', '比较', '差异', '对比', '同步'],
  parameters: {
    keys: param.list({
      min: 1,
      default: [{ first: '', second: '' }],
      fields: { first: param.string({ required: true }), second: param.string() },
    }),
    different: param.select({ options: ['both', 'first', 'second', 'mix'], default: 'both' }),
    prefer: param.select({
      options: ['first', 'second'],
      default: 'first',
      visibleWhen: { different: ['mix'] },
    }),
    except: param.list({
      fields: { field: param.string({ required: true }) },
      visibleWhen: { different: ['mix'] },
    }),
    skip: param.list({ fields: { field: param.string({ required: true }) } }),
    multipleMatches: param.select({ options: ['first', 'all'], default: 'first' }),
    loose: param.boolean(),
    missingIsEmpty: param.boolean({ default: true, visibleWhen: { loose: [true] } }),
    dottedPaths: param.boolean({ default: true }),
    sideNames: param.select({ options: ['A-B', '1-2'], default: 'A-B', hidden: true }),
    callsInputs: param.boolean({ hidden: true, expression: false }),
  },
  effect: 'pure',
  callsInputs: ({ callsInputs }) => callsInputs === true,
  execute({ inputs, parameters }) {
    const [first = [], second = []] = inputs.map((list) => list.read());
    const { keys, except, skip, ...rules } = parameters(0);
    return {
      ports: compareDatasets(first, second, {
        ...rules,
        keys: keys.map(({ first: field, second: other }) => ({ first: field, second: other || field })),
        except: except.map(({ field }) => field),
        skip: skip.map(({ field }) => field),
      }),
    };
  },
});
