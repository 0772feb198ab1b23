import {
  defineNode,
  derive,
  formPage,
  formPageParameters,
  MAIN_PORT,
  param,
  waitForCall,
} from '../../../node-kit/index.ts';
import { lastPage } from './last-page.ts';

const PAGE = { operation: ['page'] };
const LAST = { operation: ['end'] };
const { title, description, fields, button } = formPageParameters;

/** A parameter of the page, shown for pages only. */
const onPage = <P extends (typeof formPageParameters)[keyof typeof formPageParameters]>(parameter: P): P => ({
  ...parameter,
  description: { ...parameter.description, visibleWhen: PAGE },
});

export const form = defineNode({
  type: 'form',
  version: 1,
  group: 'core',
  inputs: MAIN_PORT,
  outputs: MAIN_PORT,
  showsPages: true,
  aliases: ['form', 'page', 'step', 'survey', 'thank you', '表单', '页面', '下一步', '问卷'],
  parameters: {
    operation: param.select({ options: ['page', 'end'], default: 'page' }),
    title: onPage(title),
    description: onPage(description),
    fields: onPage(fields),
    button: onPage(button),
    answer: param.select({
      options: ['text', 'redirect', 'html', 'binary'],
      default: 'text',
      visibleWhen: LAST,
    }),
    endTitle: param.string({ visibleWhen: { answer: ['text'], ...LAST } }),
    endText: param.string({ multiline: true, visibleWhen: { answer: ['text'], ...LAST } }),
    redirect: param.string({
      required: true,
      placeholder: 'https://example.com/',
      visibleWhen: { answer: ['redirect'], ...LAST },
    }),
    html: param.code({ language: 'html', expression: true, visibleWhen: { answer: ['html'], ...LAST } }),
    binaryField: param.string({
      default: 'data',
      required: true,
      visibleWhen: { answer: ['binary'], ...LAST },
    }),
  },
  // As with the answer to a webhook: after a crash nobody is there who could be answered twice.
  effect: 'pure',
  execute(context) {
    const settings = context.parameters(0);
    const passed = context.items.map((item, index) => derive(item.json, index, 0, item.binary));
    if (settings.operation === 'page') {
      const answer = { redirect: '', title: '', text: '' };
      return waitForCall(
        { kind: 'form', page: formPage(settings), respond: 'respond-node', answer },
        null,
        passed,
      );
    }
    if (!context.respond(lastPage(settings, context.items[0]))) {
      context.log(
        'warn',
        'No browser waits for the last page: the execution was not begun by a form, or the page was shown.',
      );
    }
    return passed;
  },
});
