import { NodeError } from '../../../node-kit/index.ts';

/**
 * The entries of an RSS or Atom feed: title, link, pubDate, isoDate, creator, content, contentSnippet (without tags),
 * guid, categories and what else the feed gives. Throws NodeError HTTP_RESPONSE_INVALID for what is no feed.
 */
export async function readFeed(
  text: string,
  customFields: string[],
  url: string,
): Promise<Array<Record<string, unknown>>> {
  const { default: Parser } = await import('rss-parser');
  const parser = new Parser({ customFields: { item: customFields } });
  try {
    const { items } = await parser.parseString(text.replace(/^\uFEFF/, ''));
    return items;
  } catch (error) {
    const reason = (error as Error).message.split('\n', 1)[0];
    throw new NodeError('HTTP_RESPONSE_INVALID', { url, format: 'RSS', reason }, { cause: error });
  }
}
