import type { Item } from '../../../../contract/index.ts';
import type { ExecuteContext } from '../../../node-kit/index.ts';
import type { Draft } from './draft.ts';
import { pagesByExpression } from './pages-by-expression.ts';
import { pagesByPosition } from './pages-by-position.ts';
import type { ReadResponse } from './read-response.ts';
import type { RequestSettings } from './request-parameters.ts';

/** What asking for one page after another needs. */
export interface PageSource {
  itemIndex: number;
  send(page: Draft): Promise<ReadResponse>;
  resolve: ExecuteContext['resolve'];
  /** Resolves when the next page may be asked for. */
  pause(): Promise<unknown>;
}

/**
 * The items of each page, one page in memory at a time. Ends where the parameters say, at a page that repeats, or after
 * `maxPages`.
 */
export function pagesOf(settings: RequestSettings, first: Draft, source: PageSource): AsyncIterable<Item[]> {
  return settings.pagination === 'next-url-expression' || settings.pagination === 'changed-parameters'
    ? pagesByExpression(settings, first, source)
    : pagesByPosition(settings, first, source);
}
