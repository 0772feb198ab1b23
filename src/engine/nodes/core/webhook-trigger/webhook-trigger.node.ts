import { defineTrigger, HTTP_METHODS, param } from '../../../node-kit/index.ts';

export const webhookTrigger = defineTrigger({
  type: 'webhook-trigger',
  version: 1,
  outputs: [
    { kind: 'main', name: 'main', visibleWhen: { outputPerMethod: [false] } },
    {
      kind: 'main',
      name: 'method',
      repeat: { parameter: 'methods' },
      visibleWhen: { outputPerMethod: [true] },
    },
  ],
  aliases: ['webhook', 'http', 'api', 'endpoint', 'url', '网络钩子', '接口', '回调'],
  credentials: [
    ...(['basic', 'header', 'bearer'] as const).map((kind) => ({
      name: `${kind}-auth`,
      types: [`${kind}-auth`],
      required: true,
      visibleWhen: { authentication: [kind] },
    })),
    { name: 'jwt', types: ['jwt'], required: true, visibleWhen: { authentication: ['jwt'] } },
  ],
  parameters: {
    path: param.string({ required: true, placeholder: 'orders/:id' }),
    // What decides how many ports there are is no expression.
    methods: param.multiSelect({
      options: HTTP_METHODS,
      default: ['POST'],
      required: true,
      expression: false,
    }),
    outputPerMethod: param.boolean({ expression: false }),
    authentication: param.select({ options: ['none', 'basic', 'header', 'bearer', 'jwt'], default: 'none' }),
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
    options: param.collection({
      fields: {
        binaryField: param.string({ default: 'data' }),
        responseField: param.string({ placeholder: 'result' }),
        responseText: param.string({ multiline: true }),
        allowedOrigins: param.string({ placeholder: 'https://example.com', default: '*' }),
        ipAllowList: param.string({ placeholder: '203.0.113.7, 10.0.0.0/8' }),
        ignoreBots: param.boolean({ default: true }),
      },
    }),
  },
  trigger: {
    kind: 'webhook',
    webhook: ({ options, ...parameters }) => ({
      binaryField: '',
      responseField: '',
      responseText: '',
      allowedOrigins: '',
      ipAllowList: '',
      ignoreBots: false,
      ...parameters,
      ...withoutUndefined(options),
      responseHeaders: [...parameters.responseHeaders],
    }),
  },
});

function withoutUndefined<T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
