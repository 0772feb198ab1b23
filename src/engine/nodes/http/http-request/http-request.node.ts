import { setTimeout as delay } from 'node:timers/promises';
import type { Item } from '../../../../contract/index.ts';
import { defineNode, MAIN_PORT } from '../../../node-kit/index.ts';
import { REQUEST_CREDENTIALS } from './authenticate.ts';
import { createBatchGate } from './batch-gate.ts';
import { draftRequest } from './draft.ts';
import { pagesOf } from './pages.ts';
import { requestEffect } from './request-effect.ts';
import { DEFAULT_CONCURRENCY, requestParameters } from './request-parameters.ts';
import { createSender } from './send-draft.ts';

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
      types: REQUEST_CREDENTIALS,
      required: true,
      visibleWhen: { authentication: ['credential'] },
    },
  ],
  parameters: requestParameters,
  effect: ({ method, headers, headersJson }) =>
    requestEffect(method, [...headers.map(({ name }) => name), ...Object.keys(headersJson ?? {})]),
  async execute(context) {
    const { parameters, signal } = context;
    const { options, authentication } = parameters(0);
    const credential = authentication === 'none' ? null : await context.credential('auth');
    const pause = (delayMs: number) => delay(delayMs, undefined, { signal });
    const senderFor = createSender(context, credential);
    const mayGo =
      options.batchSize === undefined
        ? null
        : createBatchGate({
            size: options.batchSize,
            intervalMs: options.batchIntervalMs ?? 1000,
            now: () => context.now(),
            sleep: pause,
          });

    return context.perItem(
      async (item, itemIndex) => {
        const settings = parameters(itemIndex);
        const first = draftRequest(settings);
        const send = senderFor({ settings, first, item, itemIndex });
        if (mayGo) await mayGo(itemIndex);
        if (settings.pagination === 'none') return (await send(first)).items;
        const pages = pagesOf(settings, first, {
          itemIndex,
          send,
          resolve: (written, index, page) => context.resolve(written, index, page),
          pause: () => pause(settings.pageIntervalMs),
        });
        return context.collect(paired(pages, itemIndex));
      },
      { concurrency: options.concurrency ?? DEFAULT_CONCURRENCY },
    );
  },
});

async function* paired(pages: AsyncIterable<Item[]>, item: number): AsyncGenerator<Item[], void, undefined> {
  for await (const items of pages) yield items.map((each) => ({ ...each, pairedItem: { item } }));
}
