import type { Item } from '../../../../contract/index.ts';
import { NodeError } from '../../../node-kit/index.ts';
import { urlOf } from './build-request.ts';
import { changeDraft } from './change-draft.ts';
import type { Draft } from './draft.ts';
import type { PageSource } from './pages.ts';
import type { ReadResponse } from './read-response.ts';
import type { RequestSettings } from './request-parameters.ts';

/** Pages by the address in the answer, by number or by offset; they end at one without items. */
export async function* pagesByPosition(
  settings: RequestSettings,
  first: Draft,
  { itemIndex, send, pause }: PageSource,
): AsyncGenerator<Item[], void, undefined> {
  const visited = new Set<string>();
  let page: Draft | null = withPosition(settings, first, 0, 0);
  let received = 0;
  for (let index = 0; page !== null && index < settings.maxPages; index++) {
    const address = urlOf(page, itemIndex).href;
    if (visited.has(address)) return;
    if (index > 0) await pause();
    visited.add(address);
    const answer = await send(page);
    const entries = entriesOf(answer, settings.itemsField);
    const isEmpty = entries === 0;
    if (isEmpty && settings.pagination !== 'next-url') return;
    if (!isEmpty) yield answer.items;
    received += entries ?? settings.pageSize;
    page =
      settings.pagination === 'next-url'
        ? nextByUrl(settings, first, answer)
        : withPosition(settings, first, index + 1, received);
    // A short page is the last one; without this every listing would end with a request for nothing.
    if (settings.pagination === 'offset' && entries !== null && entries < settings.pageSize) return;
  }
}

function withPosition(settings: RequestSettings, first: Draft, page: number, received: number): Draft {
  if (settings.pagination === 'next-url') return first;
  const { pageParameter, firstPage, offsetParameter, limitParameter, pageSize } = settings;
  return changeDraft(first, {
    query:
      settings.pagination === 'page-number'
        ? [[pageParameter, String(firstPage + page)]]
        : [
            [offsetParameter, String(received)],
            ...(limitParameter ? [[limitParameter, String(pageSize)] as [string, string]] : []),
          ],
  });
}

function nextByUrl(settings: RequestSettings, first: Draft, answer: ReadResponse): Draft | null {
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
  return { ...first, url: new URL(next, answer.url).href, query: [] };
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
