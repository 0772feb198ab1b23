import { Readable } from 'node:stream';
import type { Dispatcher } from 'undici';
import { systemClock, type Clock } from '../kernel/index.ts';
import {
  NodeError,
  safeUrl,
  type HttpClient,
  type HttpRequest,
  type HttpResponse,
} from '../node-kit/index.ts';
import type { AddressPolicy } from './address-policy.ts';
import { createDispatchers } from './dispatchers.ts';
import { isRedirect, nextHop, type Hop } from './redirect.ts';
import { requestDeadline, type RequestDeadline } from './request-deadline.ts';
import { requestFailure } from './request-failure.ts';
import { ACCEPTED_ENCODINGS, decodeBody, decodeText } from './response-body.ts';

const DEFAULT_MAX_REDIRECTS = 20;
const USER_AGENT = 'GuixuFlow';

export interface ClosableHttpClient extends HttpClient {
  /** Destroys every connection, those in use as well. */
  close(): Promise<void>;
}

/**
 * The one HTTP client of the engine: kept-alive pools shared by all nodes, addresses checked after name resolution
 * and at every redirect. The caller closes it.
 */
export function createHttpClient(options: { policy: AddressPolicy; clock?: Clock }): ClosableHttpClient {
  const clock = options.clock ?? systemClock;
  const dispatchers = createDispatchers(options.policy);

  const send = async (request: HttpRequest, deadline: RequestDeadline): Promise<HttpResponse> => {
    const body = await encodeBody(request.body);
    let hop: Hop = {
      method: request.method.toUpperCase(),
      url: parseUrl(request),
      headers: withDefaults(request.headers ?? [], body),
      hasBody: body.open !== null,
    };
    const { origin } = hop.url;
    const most = request.followRedirects === false ? 0 : (request.maxRedirects ?? DEFAULT_MAX_REDIRECTS);
    for (let redirects = 0; ; redirects++) {
      const dispatcher = await dispatchers.pick({
        url: hop.url,
        method: hop.method,
        ...(request.proxy && { proxy: request.proxy }),
        ignoreTlsErrors: request.ignoreTlsErrors ?? false,
        // As a secret header, it is for the server it was meant for.
        ...(request.clientCertificate &&
          hop.url.origin === origin && { clientCertificate: request.clientCertificate }),
      });
      const answer = await dispatcher.request({
        origin: hop.url.origin,
        path: hop.url.pathname + hop.url.search,
        method: hop.method as Dispatcher.HttpMethod,
        headers: hop.headers.flat(),
        body: hop.hasBody && body.open ? body.open() : null,
        signal: deadline.signal,
        // A limit of the caller's replaces undici's five minutes.
        ...(request.timeoutMs && { headersTimeout: 0, bodyTimeout: 0 }),
      });
      const location = answer.headers.location;
      if (
        !isRedirect(answer.statusCode) ||
        typeof location !== 'string' ||
        request.followRedirects === false
      ) {
        return toResponse(answer, hop, { deadline, secretQuery: request.secretQuery });
      }
      await answer.body.dump();
      const failed = (reason: string) =>
        new NodeError('HTTP_REQUEST_FAILED', {
          method: request.method,
          url: safeUrl(request.url, request.secretQuery),
          reason,
        });
      if (redirects >= most) throw failed(`it redirects more than ${most} times`);
      if (!URL.canParse(location, hop.url.href)) throw failed('it redirects to something that is not a URL');
      hop = nextHop(hop, { status: answer.statusCode, location }, request.secretHeaders);
      if (!/^https?:$/.test(hop.url.protocol))
        throw failed(`it redirects to ${hop.url.protocol}, which is not HTTP`);
      if (hop.hasBody && !body.repeatable)
        throw failed('it redirects a streamed body, which cannot be sent twice');
    }
  };

  return {
    async request(request) {
      const deadline = requestDeadline(clock, {
        timeoutMs: request.timeoutMs,
        signal: request.signal,
        onTimeout: () =>
          new NodeError('HTTP_TIMEOUT', {
            method: request.method,
            url: safeUrl(request.url, request.secretQuery),
            limitMs: request.timeoutMs,
          }),
      });
      try {
        return await send(request, deadline);
      } catch (error) {
        deadline.release();
        throw deadline.signal.aborted ? (deadline.signal.reason as Error) : requestFailure(error, request);
      }
    },
    close: () => dispatchers.close(),
  };
}

function parseUrl(request: HttpRequest): URL {
  const failed = (reason: string) =>
    new NodeError('HTTP_REQUEST_FAILED', {
      method: request.method,
      url: safeUrl(request.url, request.secretQuery),
      reason,
    });
  if (!URL.canParse(request.url)) throw failed('this is not a URL; it must begin with http:// or https://');
  const url = new URL(request.url);
  if (!/^https?:$/.test(url.protocol)) throw failed('only http:// and https:// can be requested');
  return url;
}

/** Fills in what was not said; `user:password@` in a URL is not sent by undici itself, so callers put it in a header. */
function withDefaults(
  headers: ReadonlyArray<[string, string]>,
  { contentType, size }: Pick<EncodedBody, 'contentType' | 'size'>,
): Array<[string, string]> {
  const given = new Set(headers.map(([name]) => name.toLowerCase()));
  const defaults: Array<[string, string]> = [
    ['user-agent', USER_AGENT],
    ['accept', '*/*'],
    ['accept-encoding', ACCEPTED_ENCODINGS],
  ];
  if (contentType !== null) defaults.push(['content-type', contentType]);
  if (size !== null) defaults.push(['content-length', String(size)]);
  return [...headers, ...defaults.filter(([name]) => !given.has(name))];
}

interface EncodedBody {
  /** Called for each time it is sent; null when there is none. */
  open: (() => string | Uint8Array | Readable) | null;
  contentType: string | null;
  /** Set for what is read while it is sent: many servers refuse bodies of unknown length. */
  size: number | null;
  repeatable: boolean;
}

async function encodeBody(body: HttpRequest['body']): Promise<EncodedBody> {
  const plain = { contentType: null, size: null, repeatable: true };
  if (body === undefined) return { ...plain, open: null };
  if (typeof body === 'string' || body instanceof Uint8Array) return { ...plain, open: () => body };
  if (body instanceof FormData) {
    // Whole in memory, so that it goes out with a content-length, too.
    const encoded = new Response(body);
    const content = Buffer.from(await encoded.arrayBuffer());
    return { ...plain, open: () => content, contentType: encoded.headers.get('content-type') };
  }
  const streamed = (source: AsyncIterable<Uint8Array>) => Readable.from(source, { objectMode: false });
  return Symbol.asyncIterator in body
    ? { ...plain, open: () => streamed(body), repeatable: false }
    : { ...plain, open: () => streamed(body.open()), size: body.size };
}

function toResponse(
  answer: Dispatcher.ResponseData,
  hop: Hop,
  { deadline, secretQuery }: { deadline: RequestDeadline; secretQuery: HttpRequest['secretQuery'] },
): HttpResponse {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(answer.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  const about = { method: hop.method, url: hop.url.href, ...(secretQuery && { secretQuery }) };
  const body = hop.method === 'HEAD' ? answer.body : decodeBody(answer.body, headers['content-encoding']);

  async function* read(): AsyncGenerator<Uint8Array, void, undefined> {
    try {
      for await (const chunk of body) yield chunk as Uint8Array;
    } catch (error) {
      throw deadline.signal.aborted ? (deadline.signal.reason as Error) : requestFailure(error, about);
    } finally {
      deadline.release();
    }
  }

  const bytes = async () => {
    const chunks: Uint8Array[] = [];
    for await (const chunk of read()) chunks.push(chunk);
    return Buffer.concat(chunks);
  };
  return {
    status: answer.statusCode,
    statusText: answer.statusText,
    headers,
    url: hop.url.href,
    body: { [Symbol.asyncIterator]: read },
    bytes,
    text: async () => decodeText(await bytes(), headers['content-type']),
  };
}
