import { afterEach, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../../../http/test-server.ts';
import { items, runNode } from '../../../node-kit/test-harness.ts';
import { rssRead } from './rss-read.node.ts';

const RSS = `\uFEFF<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>新闻</title>
<item><title>第一条</title><link>http://example.com/1</link><guid>g1</guid><dc:creator>李雷</dc:creator>
<pubDate>Thu, 09 Feb 2023 13:40:00 GMT</pubDate><category>a</category><category>b</category>
<description>&lt;p&gt;Hello &lt;b&gt;you&lt;/b&gt;&lt;/p&gt;</description><rating>5</rating></item>
</channel></rss>`;
const ATOM = `<feed xmlns="http://www.w3.org/2005/Atom"><title>t</title>
<entry><title>one</title><id>urn:1</id><link href="http://example.com/a"/><updated>2024-01-02T03:04:05Z</updated>
<author><name>Ann</name></author><content type="html">&lt;i&gt;hi&lt;/i&gt;</content></entry></feed>`;

let server: TestServer;
afterEach(() => server.close());

async function run(answer: string, parameters: Record<string, unknown> = {}, status = 200) {
  server = await startTestServer((_request, response) => response.writeHead(status).end(answer));
  const { ports } = await runNode(rssRead, {
    parameters: { url: `${server.base}/feed`, ...parameters },
    items: items({}),
    http: server.http,
  });
  return ports[0];
}

describe('rss-read', () => {
  it('reads RSS with the usual and with chosen fields', async () => {
    expect(await run(RSS, { customFields: [{ name: 'rating' }] })).toEqual([
      {
        json: {
          creator: '李雷',
          'dc:creator': '李雷',
          title: '第一条',
          link: 'http://example.com/1',
          pubDate: 'Thu, 09 Feb 2023 13:40:00 GMT',
          content: '<p>Hello <b>you</b></p>',
          contentSnippet: 'Hello you',
          guid: 'g1',
          categories: ['a', 'b'],
          isoDate: '2023-02-09T13:40:00.000Z',
          rating: '5',
        },
        pairedItem: { item: 0 },
      },
    ]);
  });

  it('reads Atom', async () => {
    expect((await run(ATOM))?.[0]?.json).toMatchObject({
      title: 'one',
      link: 'http://example.com/a',
      author: 'Ann',
      contentSnippet: 'hi',
      isoDate: '2024-01-02T03:04:05.000Z',
    });
  });

  it('says what is wrong with an answer', async () => {
    await expect(run('<html></html>')).rejects.toMatchObject({ code: 'HTTP_RESPONSE_INVALID' });
    await server.close();
    await expect(run('', {}, 404)).rejects.toMatchObject({ code: 'HTTP_STATUS', facts: { status: 404 } });
  });
});
