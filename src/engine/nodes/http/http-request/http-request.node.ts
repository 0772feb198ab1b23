import { setTimeout as delay } from 'node:timers/promises';
import { defineNode, HEADER_CREDENTIALS, MAIN_PORT } from '../../../node-kit/index.ts';
import { createBatchGate } from './batch-gate.ts';
import { buildRequest } from './build-request.ts';
import { paginate } from './paginate.ts';
import { readResponse } from './read-response.ts';
import { requestEffect } from './request-effect.ts';
import { DEFAULT_CONCURRENCY, requestParameters } from './request-parameters.ts';

export const httpRequest = defineNode({
  type: 'http-request',
  version: 1,
  group: 'http',
  inputs: MAIN_PORT,
  outputs: MAIN_PORT,
  aliases: ['api', 'rest', 'fetch', 'curl', 'download', 'url', '请求', '接口', '下载'],
  credentials: [
    {
      name: 'auth',
      types: HEADER_CREDENTIALS,
      required: true,
      visibleWhen: { authentication: ['credential'] },
    },
  ],
  parameters: requestParameters,
  effect: ({ method, headers }) => requestEffect(method, headers),
  async execute(context) {
    const { parameters, signal, http, binary } = context;
    const { options, authentication } = parameters(0);
    const credential = authentication === 'none' ? null : await context.credential('auth');
    const mayGo =
      options.batchSize === undefined
        ? null
        : createBatchGate({
            size: options.batchSize,
            intervalMs: options.batchIntervalMs ?? 1000,
            now: () => context.now(),
            sleep: (delayMs) => delay(delayMs, undefined, { signal }),
          });

    return context.perItem(
      async (item, itemIndex) => {
        const settings = parameters(itemIndex);
        const { fullResponse = false, neverFail = false } = settings.options;
        const reading = {
          response: settings.response,
          outputField: settings.outputField,
          fullResponse,
          neverFail,
        };
        const request = await buildRequest(settings, {
          item,
          itemIndex,
          credential: settings.authentication === 'none' ? null : credential,
          binary,
        });
        if (mayGo) await mayGo(itemIndex);
        return paginate(settings, request, async (page) => {
          const response = await http.request({ ...page, signal });
          return {
            ...(await readResponse(response, reading, { method: page.method, binary })),
            url: response.url,
          };
        });
      },
      { concurrency: options.concurrency ?? DEFAULT_CONCURRENCY },
    );
  },
});
