import { defineNode, derive, MAIN_PORT, param } from '../../../node-kit/index.ts';
import { renameByPattern } from './rename-by-pattern.ts';
import { renameField } from './rename-field.ts';

export const renameKeys = defineNode({
  type: 'rename-keys',
  version: 1,
  group: 'data',
  inputs: MAIN_PORT,
  outputs: MAIN_PORT,
  aliases: ['rename', 'fields', 'map', 'regex', '重命名', '字段名', '改名'],
  parameters: {
    fields: param.list({
      default: [{ from: '', to: '' }],
      fields: { from: param.string(), to: param.string() },
    }),
    patterns: param.list({
      fields: {
        pattern: param.string({ required: true }),
        replacement: param.string(),
        ignoreCase: param.boolean(),
        depth: param.number({ default: -1, min: -1, max: 100, integer: true }),
      },
    }),
  },
  effect: 'pure',
  itemwise: true,
  execute(context) {
    return context.perItem((item, index) => {
      const { fields, patterns } = context.parameters(index);
      let json = structuredClone(item.json);
      for (const { from, to } of fields) renameField(json, from, to);
      for (const rule of patterns) json = renameByPattern(json, rule);
      return derive(json, index, 0, item.binary);
    });
  },
});
