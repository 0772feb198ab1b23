import {
  authenticateHeaders,
  defineNode,
  derive,
  HEADER_CREDENTIALS,
  MAIN_PORT,
  param,
} from '../../../node-kit/index.ts';
import { buildGraphqlRequest } from './build-graphql-request.ts';
import { isMutation } from './is-mutation.ts';
import { readGraphqlAnswer } from './read-graphql-answer.ts';

const POST = { method: ['POST'] };

export const graphql = defineNode({
  type: 'graphql',
  version: 1,
  group: 'http',
  inputs: MAIN_PORT,
  outputs: MAIN_PORT,
  aliases: ['query', 'mutation', 'api', '查询', '接口'],
  credentials: [
    {
      name: 'auth',
      types: HEADER_CREDENTIALS,
      required: true,
      visibleWhen: { authentication: ['credential'] },
    },
  ],
  parameters: {
    endpoint: param.string({ required: true, placeholder: 'https://example.com/graphql' }),
    authentication: param.select({ options: ['none', 'credential'], default: 'none' }),
    method: param.select({ options: ['POST', 'GET'], default: 'POST' }),
    query: param.string({ required: true, multiline: true }),
    bodyFormat: param.select({ options: ['json', 'graphql'], default: 'json', visibleWhen: POST }),
    variables: param.json({ visibleWhen: { method: ['POST'], bodyFormat: ['json'] } }),
    operationName: param.string({ visibleWhen: { method: ['POST'], bodyFormat: ['json'] } }),
    headers: param.list({ fields: { name: param.string({ required: true }), value: param.string() } }),
    response: param.select({ options: ['json', 'text'], default: 'json' }),
    outputField: param.string({ default: 'data', required: true, visibleWhen: { response: ['text'] } }),
    timeoutMs: param.number({ default: 300_000, min: 1, integer: true }),
    ignoreTlsErrors: param.boolean(),
  },
  effect: ({ query }) => (isMutation(query) ? 'unsafe' : 'read'),
  async execute(context) {
    const uses = context.parameters(0).authentication === 'credential';
    const credential = uses ? await context.credential('auth') : null;
    return context.perItem(async (_item, index) => {
      const settings = context.parameters(index);
      const request = buildGraphqlRequest(settings);
      const secretHeaders = authenticateHeaders(request.headers, credential);
      const { timeoutMs, ignoreTlsErrors } = settings;
      const response = await context.http.request({
        ...request,
        secretHeaders,
        timeoutMs,
        ignoreTlsErrors,
        followRedirects: true,
      });
      const answer = await readGraphqlAnswer(response, settings.response, settings.method);
      return derive(
        settings.response === 'text'
          ? { [settings.outputField]: answer }
          : (answer as Record<string, unknown>),
        index,
      );
    });
  },
});
