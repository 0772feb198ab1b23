import type { Item } from '../../../../contract/index.ts';
import { NodeError, type HttpRequest } from '../../../node-kit/index.ts';
import type { ReadResponse } from './read-response.ts';
import type { RequestSettings } from './request-parameters.ts';

/**
 * Asks for one page after another and gives the items of all. Ends at a page without items or without a next address,
 * at one that repeats, or after `maxPages`.
 */
export async function paginate(
  settings: RequestSettings,
  first: HttpRequest,
  send: (request: HttpRequest) => Promise<ReadResponse & { url: string }>,
): Promise<Item[]> {
  if (settings.pagination === 'none') return (await send(first)).items;
  const items: Item[] = [];
  const visited = new Set<string>();
  let request: HttpRequest | null = withPosition(settings, first, 0, 0);
  let received = 0;
  for (let page = 0; request !== null && page < settings.maxPages; page++) {
    visited.add(request.url);
    const answer = await send(request);
    const entries = entriesOf(answer, settings.itemsField);
    const isEmpty = entries === 0;
    if (isEmpty && settings.pagination !== 'next-url') break;
    if (!isEmpty) items.push(...answer.items);
    received += entries ?? settings.pageSize;
    request =
      settings.pagination === 'next-url'
        ? nextByUrl(settings, first, answer)
        : withPosition(settings, first, page + 1, received);
    if (request && visited.has(request.url)) break;
    // A short page is the last one; without this every listing would end with a request for nothing.
    if (settings.pagination === 'offset' && entries !== null && entries < settings.pageSize) break;
  }
  return items;
}

function withPosition(
  settings: RequestSettings,
  request: HttpRequest,
  page: number,
  received: number,
): HttpRequest {
  if (settings.pagination === 'next-url') return request;
  const url = new URL(request.url);
  if (settings.pagination === 'page-number') {
    url.searchParams.set(settings.pageParameter, String(settings.firstPage + page));
  } else {
    url.searchParams.set(settings.offsetParameter, String(received));
    if (settings.limitParameter) url.searchParams.set(settings.limitParameter, String(settings.pageSize));
  }
  return { ...request, url: url.href };
}

function nextByUrl(
  settings: RequestSettings,
  first: HttpRequest,
  answer: ReadResponse & { url: string },
): HttpRequest | null {
  const next = valueAt(answer.body, settings.nextUrlField);
  if (next === undefined || next === null || next === '' || next === false) return null;
  if (typeof next !== 'string' || !URL.canParse(next, answer.url)) {
    throw new NodeError('HTTP_RESPONSE_INVALID', {
      url: answer.url,
      format: 'page',
      reason: `"${settings.nextUrlField}" is not an address`,
      parameter: 'nextUrlField',
    });
  }
  const url = new URL(next, answer.url);
  if (url.origin === new URL(first.url).origin) return { ...first, url: url.href };
  // A server may name any address: the secrets were meant for the first one only.
  const secret = new Set([
    'authorization',
    'cookie',
    ...(first.secretHeaders ?? []).map((name) => name.toLowerCase()),
  ]);
  const headers = (first.headers ?? []).filter(([name]) => !secret.has(name.toLowerCase()));
  return { ...first, url: url.href, headers };
}

/** How many entries a page holds; null where that cannot be told. */
function entriesOf({ body }: ReadResponse, itemsField: string): number | null {
  const value = itemsField === '' ? body : valueAt(body, itemsField);
  if (Array.isArray(value)) return value.length;
  if (value === undefined || value === null || value === '') return 0;
  return itemsField === '' ? null : 1;
}

function valueAt(value: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (at, key) =>
        typeof at === 'object' && at !== null && Object.hasOwn(at, key)
          ? (at as Record<string, unknown>)[key]
          : undefined,
      value,
    );
}
