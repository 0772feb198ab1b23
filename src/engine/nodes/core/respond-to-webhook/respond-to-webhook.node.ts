import { defineNode, derive, MAIN_PORT, param } from '../../../node-kit/index.ts';
import { ANSWERS, buildResponse } from './build-response.ts';

const WITH_STATUS = ['first-item', 'all-items', 'json', 'text', 'binary', 'none'];

export const respondToWebhook = defineNode({
  type: 'respond-to-webhook',
  version: 1,
  group: 'core',
  inputs: MAIN_PORT,
  outputs: MAIN_PORT,
  aliases: ['response', 'reply', 'answer', 'webhook', '响应', '回复', '返回'],
  parameters: {
    answer: param.select({ options: ANSWERS, default: 'first-item' }),
    json: param.json({ visibleWhen: { answer: ['json'] } }),
    text: param.string({ multiline: true, visibleWhen: { answer: ['text'] } }),
    wrapIn: param.string({ visibleWhen: { answer: ['first-item', 'all-items'] } }),
    binaryField: param.string({ default: 'data', visibleWhen: { answer: ['binary'] } }),
    location: param.string({
      required: true,
      placeholder: 'https://example.com/',
      visibleWhen: { answer: ['redirect'] },
    }),
    redirectStatus: param.select({
      options: [301, 302, 303, 307, 308],
      default: 302,
      visibleWhen: { answer: ['redirect'] },
    }),
    status: param.number({
      default: 200,
      min: 200,
      max: 599,
      integer: true,
      visibleWhen: { answer: WITH_STATUS },
    }),
    headers: param.list({ fields: { name: param.string({ required: true }), value: param.string() } }),
  },
  // After a crash the caller's connection is gone, so that nothing can be answered twice; a checkpoint of its own
  // would cost every call a second commit.
  effect: 'pure',
  execute(context) {
    const { items, parameters } = context;
    if (!context.respond(buildResponse(parameters(0), items))) {
      context.log(
        'warn',
        'No webhook call waits for an answer: the execution was not begun by one, or it has its answer.',
      );
    }
    return items.map((item, index) => derive(item.json, index, 0, item.binary));
  },
});
