import { defineNode, MAIN_PORT, param } from '../../../node-kit/index.ts';
import { setFields } from './set-fields.ts';

const FIELDS = { mode: ['fields'] };

export const setFieldsNode = defineNode({
  type: 'set-fields',
  version: 1,
  group: 'data',
  inputs: MAIN_PORT,
  outputs: MAIN_PORT,
  aliases: ['edit', 'assign', 'rename', 'map', 'transform', '设置', '编辑字段', '赋值', '映射'],
  parameters: {
    mode: param.select({ options: ['fields', 'json'], default: 'fields' }),
    assignments: param.assignments({ visibleWhen: FIELDS }),
    json: param.json({ visibleWhen: { mode: ['json'] } }),
    include: param.select({ options: ['all', 'none', 'selected', 'except'], default: 'all' }),
    includeFields: param.list({
      fields: { field: param.string({ required: true }) },
      visibleWhen: { include: ['selected', 'except'] },
    }),
    dottedPaths: param.boolean({ default: true, visibleWhen: FIELDS }),
    keepUnfit: param.boolean({ visibleWhen: FIELDS }),
    keepBinary: param.boolean({ default: true }),
    copies: param.number({ default: 0, min: 0, max: 10_000, integer: true }),
  },
  effect: 'pure',
  itemwise: true,
  execute(context) {
    return context.perItem((item, index) => {
      const settings = context.parameters(index);
      const result = setFields(item, index, settings);
      if (!settings.copies) return result;
      return Array.from({ length: settings.copies + 1 }, () => ({
        ...result,
        json: structuredClone(result.json),
      }));
    });
  },
});
