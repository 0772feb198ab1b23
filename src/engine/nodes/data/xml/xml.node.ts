import { defineNode, derive, getPath, MAIN_PORT, NodeError, param } from '../../../node-kit/index.ts';
import { readXml } from './read-xml.ts';
import { writeXml } from './write-xml.ts';

const TO_JSON = { direction: ['to-json'] };
const TO_XML = { direction: ['to-xml'] };

export const xml = defineNode({
  type: 'xml',
  version: 1,
  group: 'data',
  inputs: MAIN_PORT,
  outputs: MAIN_PORT,
  aliases: ['parse', 'convert', 'json', 'soap', '解析', '转换'],
  parameters: {
    direction: param.select({ options: ['to-json', 'to-xml'], default: 'to-json', expression: false }),
    field: param.string({ default: 'data', required: true }),
    explicitRoot: param.boolean({ default: true, visibleWhen: TO_JSON }),
    explicitArray: param.boolean({ visibleWhen: TO_JSON }),
    mergeAttributes: param.boolean({ default: true, visibleWhen: TO_JSON }),
    ignoreAttributes: param.boolean({ visibleWhen: TO_JSON }),
    trim: param.boolean({ visibleWhen: TO_JSON }),
    normalize: param.boolean({ visibleWhen: TO_JSON }),
    lowerCaseNames: param.boolean({ visibleWhen: TO_JSON }),
    rootName: param.string({ default: 'root', visibleWhen: TO_XML }),
    declaration: param.boolean({ default: true, visibleWhen: TO_XML }),
    cdata: param.boolean({ visibleWhen: TO_XML }),
    attributeKey: param.string({ default: '$', required: true }),
    textKey: param.string({ default: '_', required: true }),
  },
  effect: 'pure',
  execute(context) {
    return context.perItem(async (item, index) => {
      const settings = context.parameters(index);
      if (settings.direction === 'to-xml')
        return derive({ [settings.field]: writeXml(item.json, settings) }, index);
      const text = getPath(item.json, settings.field);
      if (text === undefined) throw new NodeError('FIELD_MISSING', { field: settings.field });
      if (typeof text !== 'string')
        throw new NodeError('PARAMETER_INVALID', { field: settings.field, reason: 'it is not a text' });
      return derive(await readXml(text, settings), index);
    });
  },
});
