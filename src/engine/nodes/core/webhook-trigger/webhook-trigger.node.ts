import { defineTrigger, HTTP_METHODS, MAIN_PORT, param } from '../../../node-kit/index.ts';

export const webhookTrigger = defineTrigger({
  type: 'webhook-trigger',
  version: 1,
  outputs: MAIN_PORT,
  aliases: ['webhook', 'http', 'api', 'endpoint', 'url', '网络钩子', '接口', '回调'],
  credentials: (['basic', 'header', 'bearer'] as const).map((kind) => ({
    name: `${kind}-auth`,
    types: [`${kind}-auth`],
    required: true,
    visibleWhen: { authentication: [kind] },
  })),
  parameters: {
    path: param.string({ required: true, placeholder: 'orders/:id' }),
    methods: param.multiSelect({ options: HTTP_METHODS, default: ['POST'], required: true }),
    authentication: param.select({ options: ['none', 'basic', 'header', 'bearer'], default: 'none' }),
    respond: param.select({ options: ['immediately', 'at-end', 'respond-node'], default: 'immediately' }),
    responseData: param.select({
      options: ['first-item', 'all-items', 'first-binary', 'none'],
      default: 'first-item',
      visibleWhen: { respond: ['at-end', 'immediately'] },
    }),
    responseStatus: param.number({
      default: 200,
      min: 200,
      max: 599,
      integer: true,
      visibleWhen: { respond: ['at-end', 'immediately'] },
    }),
    responseHeaders: param.list({
      visibleWhen: { respond: ['at-end', 'immediately'] },
      fields: { name: param.string({ required: true }), value: param.string() },
    }),
    rawBody: param.boolean(),
  },
  trigger: {
    kind: 'webhook',
    webhook: (parameters) => ({ ...parameters, responseHeaders: [...parameters.responseHeaders] }),
  },
});
