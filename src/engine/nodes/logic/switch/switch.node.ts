import { defineNode, derive, MAIN_PORT, param } from '../../../node-kit/index.ts';
import { routesOf } from './routes-of.ts';

const RULES = { mode: ['rules'] };
const INDEX = { mode: ['index'] };

export const switchNode = defineNode({
  type: 'switch',
  version: 1,
  group: 'logic',
  inputs: MAIN_PORT,
  outputs: [
    { kind: 'main', name: 'rule', repeat: { parameter: 'rules', label: 'name' }, visibleWhen: RULES },
    { kind: 'main', name: 'output', repeat: { parameter: 'outputs' }, visibleWhen: INDEX },
    { kind: 'main', name: 'fallback', visibleWhen: { fallback: ['extra'] } },
  ],
  aliases: ['router', 'case', 'branch', 'route', '路由', '分支', '条件'],
  // What decides how many ports there are is the same for all items, so no expressions there.
  parameters: {
    mode: param.select({ options: ['rules', 'index'], default: 'rules', expression: false }),
    rules: param.list({
      min: 1,
      max: 100,
      default: [
        { name: '', conditions: { combinator: 'and', conditions: [], caseSensitive: true, loose: false } },
      ],
      fields: { name: param.string({ expression: false }), conditions: param.conditions() },
      visibleWhen: RULES,
    }),
    allMatching: param.boolean({ visibleWhen: RULES }),
    outputs: param.number({
      default: 4,
      min: 1,
      max: 100,
      integer: true,
      expression: false,
      visibleWhen: INDEX,
    }),
    output: param.number({ default: 0, integer: true, required: true, visibleWhen: INDEX }),
    fallback: param.select({ options: ['none', 'extra', 'output'], default: 'none', expression: false }),
    fallbackOutput: param.number({
      default: 0,
      min: 0,
      integer: true,
      visibleWhen: { fallback: ['output'] },
    }),
  },
  effect: 'pure',
  itemwise: true,
  execute(context) {
    const count = context.outputPorts.length;
    return context.perItem((item, index) => {
      const ports: Array<ReturnType<typeof derive>[]> = Array.from({ length: count }, () => []);
      for (const port of routesOf(context.parameters(index), count, context.timezone)) {
        ports[port]?.push(derive(item.json, index, 0, item.binary));
      }
      return { ports };
    });
  },
});
