import { defineNode, derive, MAIN_PORT, param, setPath } from '../../../node-kit/index.ts';
import { htmlToMarkdown } from './html-to-markdown.ts';
import { FEATURES, markdownToHtml } from './markdown-to-html.ts';

const TO_MARKDOWN = { direction: ['to-markdown'] };
const TO_HTML = { direction: ['to-html'] };

export const markdown = defineNode({
  type: 'markdown',
  version: 1,
  group: 'data',
  inputs: MAIN_PORT,
  outputs: MAIN_PORT,
  aliases: ['html', 'convert', 'md', '转换', '网页', '文档'],
  parameters: {
    direction: param.select({
      options: ['to-markdown', 'to-html'],
      default: 'to-html',
      expression: false,
    }),
    text: param.string({ multiline: true }),
    field: param.string({ default: 'data', required: true }),
    features: param.multiSelect({
      options: FEATURES,
      default: ['tables', 'strikethrough', 'tasklists', 'ghCodeBlocks', 'ghCompatibleHeaderId'],
      visibleWhen: TO_HTML,
    }),
    firstHeading: param.number({ default: 1, min: 1, max: 6, integer: true, visibleWhen: TO_HTML }),
    completeDocument: param.boolean({ visibleWhen: TO_HTML }),
    ignore: param.list({ fields: { element: param.string({ required: true }) }, visibleWhen: TO_MARKDOWN }),
    bullet: param.select({ options: ['*', '-', '+'], default: '*', visibleWhen: TO_MARKDOWN }),
    keepDataImages: param.boolean({ visibleWhen: TO_MARKDOWN }),
    linkReferences: param.boolean({ visibleWhen: TO_MARKDOWN }),
    replacements: param.list({
      fields: { pattern: param.string({ required: true }), replacement: param.string() },
      visibleWhen: TO_MARKDOWN,
    }),
  },
  effect: 'pure',
  execute(context) {
    return context.perItem(async (item, index) => {
      const settings = context.parameters(index);
      const converted =
        settings.direction === 'to-html'
          ? await markdownToHtml(settings.text, settings)
          : await htmlToMarkdown(settings.text, settings);
      const json = { ...item.json };
      setPath(json, settings.field, converted);
      return derive(json, index, 0, item.binary);
    });
  },
});
