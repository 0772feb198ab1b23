import { defineNode, derive, MAIN_PORT, NodeError, param, safeUrl } from '../../../node-kit/index.ts';
import { readFeed } from './read-feed.ts';

const TIMEOUT_MS = 30_000;

export const rssRead = defineNode({
  type: 'rss-read',
  version: 1,
  group: 'http',
  inputs: MAIN_PORT,
  outputs: MAIN_PORT,
  aliases: ['feed', 'atom', 'news', 'blog', '订阅', '新闻', '博客'],
  parameters: {
    url: param.string({ required: true, placeholder: 'https://example.com/feed.xml' }),
    customFields: param.list({ fields: { name: param.string({ required: true }) } }),
    ignoreTlsErrors: param.boolean(),
  },
  effect: 'read',
  execute(context) {
    return context.perItem(async (_item, index) => {
      const { url, customFields, ignoreTlsErrors } = context.parameters(index);
      const response = await context.http.request({
        method: 'GET',
        url,
        headers: [['Accept', 'application/rss+xml, application/atom+xml, application/xml;q=0.9, */*;q=0.5']],
        timeoutMs: TIMEOUT_MS,
        followRedirects: true,
        ignoreTlsErrors,
      });
      if (response.status >= 400)
        throw new NodeError('HTTP_STATUS', {
          method: 'GET',
          url: safeUrl(url),
          status: response.status,
          reason: response.statusText,
        });
      const names = customFields.map(({ name }) => name.trim());
      const entries = await readFeed(await response.text(), names, safeUrl(url));
      return entries.map((entry) => derive(entry, index));
    });
  },
});
