import { createHash } from 'node:crypto';
import type { Item } from '../../../../contract/index.ts';
import { NodeError, safeUrl } from '../../../node-kit/index.ts';
import { urlOf } from './build-request.ts';
import { changeDraft, type DraftChange } from './change-draft.ts';
import type { Draft } from './draft.ts';
import { pairsOfJson } from './json-pairs.ts';
import type { PageSource } from './pages.ts';
import type { ReadResponse } from './read-response.ts';
import type { RequestSettings } from './request-parameters.ts';

/** The same answer so often in a row means that the pages do not move on. */
const MOST_IDENTICAL = 5;

/**
 * Pages whose address or parameters are expressions, which see `$request`, `$response` and `$pageCount`. The page that
 * ends them counts, whatever its status; another one with a bad status fails.
 */
export async function* pagesByExpression(
  settings: RequestSettings,
  first: Draft,
  source: PageSource,
): AsyncGenerator<Item[], void, undefined> {
  const { itemIndex, send, pause } = source;
  const identical = identicalInARow();
  let page: Draft | null = await nextPage(settings, first, source, { draft: first, answer: null, count: 0 });
  for (let count = 1; page !== null; count++) {
    const answer: ReadResponse = await send(page);
    yield answer.items;
    const isLast =
      count >= settings.maxPages || (await isEnd(settings, source, { draft: page, answer, count }));
    if (isLast) return;
    if (answer.status >= 400 && settings.options.neverFail !== true) throw answer.failure();
    if (identical(answer) >= MOST_IDENTICAL) {
      throw new NodeError('HTTP_RESPONSE_INVALID', {
        url: safeUrl(urlOf(first, itemIndex).href),
        format: 'page',
        reason: `the same answer came ${MOST_IDENTICAL} times in a row; see whether the parameters change from page to page and when the pages end`,
        parameter: 'endWhen',
      });
    }
    page = await nextPage(settings, first, source, { draft: page, answer, count });
    if (page) await pause();
  }
}

/** How far it got: the request sent last, its answer and how many there were. */
interface Progress {
  draft: Draft;
  answer: ReadResponse | null;
  count: number;
}

/** The request for the next page; null where its address is empty. */
async function nextPage(
  settings: RequestSettings,
  first: Draft,
  { itemIndex, resolve }: PageSource,
  progress: Progress,
): Promise<Draft | null> {
  const scope = scopeOf(settings, progress, itemIndex);
  if (settings.pagination === 'next-url-expression') {
    const { nextUrl } = await resolve({ nextUrl: settings.nextUrl }, itemIndex, scope);
    if (nextUrl !== undefined && nextUrl !== null && nextUrl !== '' && nextUrl !== false)
      return atAddress(first, textOf(nextUrl), progress.answer?.url ?? first.url);
    // An expression that looks at the answer is empty before there is one.
    return progress.answer === null ? first : null;
  }
  const written = Object.fromEntries(
    settings.pageParameters.map(({ value }, index) => [`pageParameters.${index}.value`, value]),
  );
  const values = await resolve(written, itemIndex, scope);
  const change: Required<{ [K in keyof DraftChange]: Record<string, unknown> }> = {
    query: {},
    headers: {},
    body: {},
  };
  settings.pageParameters.forEach(({ place, name }, index) => {
    change[place][name] = values[`pageParameters.${index}.value`];
  });
  const { arrayFormat = 'repeat' } = settings.options;
  return changeDraft(first, {
    query: pairsOfJson(change.query, { parameter: 'pageParameters', arrayFormat }),
    headers: pairsOfJson(change.headers, { parameter: 'pageParameters', arrayFormat }),
    body: change.body,
  });
}

/** Query parameters that the address does not have itself stay. */
function atAddress(first: Draft, address: string, base: string): Draft {
  const url = URL.canParse(address, base) ? new URL(address, base) : null;
  const query = url ? first.query.filter(([name]) => !url.searchParams.has(name)) : [];
  return { ...first, url: url?.href ?? address, query };
}

async function isEnd(settings: RequestSettings, source: PageSource, progress: Progress): Promise<boolean> {
  const { answer } = progress;
  switch (settings.endWhen) {
    case 'empty':
      return isEmpty(pageBody(answer));
    case 'status':
      return settings.endStatuses.split(',').some((status) => Number(status.trim()) === answer?.status);
    case 'expression': {
      const { itemIndex, resolve } = source;
      const scope = scopeOf(settings, progress, itemIndex);
      const { endExpression } = await resolve({ endExpression: settings.endExpression }, itemIndex, scope);
      return endExpression === 'false' ? false : Boolean(endExpression);
    }
  }
}

const isEmpty = (body: unknown): boolean => (Array.isArray(body) ? body.length === 0 : !body);

function scopeOf({ method }: RequestSettings, { draft, answer, count }: Progress, itemIndex: number) {
  const url = urlOf(draft, itemIndex);
  const { body } = draft;
  return {
    request: {
      method,
      url: url.href,
      headers: Object.fromEntries(draft.headers),
      qs: Object.fromEntries(url.searchParams),
      body:
        body.kind === 'json'
          ? body.value
          : body.kind === 'form'
            ? Object.fromEntries(body.fields)
            : body.kind === 'text'
              ? body.text
              : undefined,
    },
    response:
      answer === null ? {} : { statusCode: answer.status, headers: answer.headers, body: pageBody(answer) },
    pageCount: count,
  };
}

/** Expressions see JSON as such also where the items hold it as text. */
function pageBody(answer: ReadResponse | null): unknown {
  if (typeof answer?.body !== 'string' || !answer.headers['content-type']?.includes('json'))
    return answer?.body;
  try {
    return JSON.parse(answer.body) as unknown;
  } catch {
    return answer.body;
  }
}

/** Gives how often the answer came in a row by now. */
function identicalInARow(): (answer: ReadResponse) => number {
  let last = '';
  let times = 0;
  return ({ status, body, file }) => {
    const content = file?.sha256 ?? JSON.stringify(body) ?? '';
    const print = createHash('sha256').update(`${status} ${content}`).digest('hex');
    times = print === last ? times + 1 : 1;
    last = print;
    return times;
  };
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));
