import { defineTrigger, HTTP_METHODS, param, SIGNED_AUTHENTICATIONS } from '../../../node-kit/index.ts';
import { deduplicateOf, deduplicateParameters, signatureOf, signatureParameters } from './call-checks.ts';

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
    {
      name: 'webhook-secret',
      types: ['webhook-secret'],
      required: true,
      visibleWhen: { authentication: ['hmac', 'github', 'gitee', 'stripe', 'dingtalk-robot'] },
    },
    {
      name: 'feishu-events',
      types: ['feishu-events'],
      required: true,
      visibleWhen: { authentication: ['feishu'] },
    },
    {
      name: 'encrypted-callback',
      types: ['encrypted-callback'],
      required: true,
      visibleWhen: { authentication: ['wecom', 'dingtalk'] },
    },
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
    authentication: param.select({
      options: ['none', 'basic', 'header', 'bearer', 'jwt', ...SIGNED_AUTHENTICATIONS],
      default: 'none',
    }),
    ...signatureParameters,
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
    ...deduplicateParameters,
    options: param.collection({
      fields: {
        binaryField: param.string({ default: 'data' }),
        responseField: param.string({ placeholder: 'result' }),
        responseText: param.string({ multiline: true }),
        allowedOrigins: param.string({ placeholder: 'https://example.com', default: '*' }),
        ipAllowList: param.string({ placeholder: '203.0.113.7, 10.0.0.0/8' }),
        ignoreBots: param.boolean({ default: true }),
        rateLimit: param.number({ default: 60, min: 1, max: 100_000, integer: true }),
        rateSeconds: param.number({ default: 60, min: 1, max: 86_400, integer: true }),
        bodyLimitKb: param.number({ default: 1024, min: 1, integer: true }),
      },
    }),
  },
  trigger: {
    kind: 'webhook',
    webhook: (parameters) => {
      const { path, methods, authentication, options } = parameters;
      const { rateLimit, rateSeconds = 60, bodyLimitKb, ...given } = options;
      const isSigned = SIGNED_AUTHENTICATIONS.some((kind) => kind === authentication);
      const deduplicate = deduplicateOf(parameters, isSigned && authentication !== 'hmac');
      return {
        path,
        // The check of the address comes with it.
        methods: authentication === 'wecom' && !methods.includes('GET') ? [...methods, 'GET'] : methods,
        outputPerMethod: parameters.outputPerMethod,
        authentication,
        respond: parameters.respond,
        responseData: parameters.responseData,
        responseStatus: parameters.responseStatus,
        responseHeaders: [...parameters.responseHeaders],
        rawBody: parameters.rawBody,
        binaryField: '',
        responseField: '',
        responseText: '',
        allowedOrigins: '',
        ipAllowList: '',
        ignoreBots: false,
        ...withoutUndefined(given),
        ...(authentication === 'hmac' && { signature: signatureOf(parameters) }),
        ...(deduplicate && { deduplicate }),
        ...(rateLimit !== undefined && { rateLimit: { requests: rateLimit, windowSeconds: rateSeconds } }),
        ...(bodyLimitKb !== undefined && { bodyLimit: bodyLimitKb * 1024 }),
      };
    },
  },
});

function withoutUndefined<T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
