import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { pickLocale } from '../../contract/index.ts';
import type { WebhookReply, WebhookRequest } from '../triggers/index.ts';
import { FORM_HEADERS, WEBHOOK_HEADERS } from './security-headers.ts';

/** Answers a webhook call; never rejects. */
export type WebhookHandler = (request: WebhookRequest) => Promise<WebhookReply>;

/** Headers that would let a workflow's page act as the app, or break the framing of the answer. */
const KEPT_BACK = new Set([
  'set-cookie',
  'set-cookie2',
  'clear-site-data',
  'content-security-policy',
  'content-length',
  'transfer-encoding',
  'connection',
  'keep-alive',
  'service-worker-allowed',
  'access-control-allow-credentials',
]);

/** The hot path: no hooks, and the body is handed on as it comes, to be read as each webhook wants it. */
export function webhookRoutes(
  app: FastifyInstance,
  options: { handle: WebhookHandler; resume: WebhookHandler },
  done: () => void,
): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (_request, payload, parsed) => parsed(null, payload));
  for (const [prefix, test, kind, handle] of [
    ['/webhook/', false, 'webhook', options.handle],
    ['/webhook-test/', true, 'webhook', options.handle],
    ['/webhook-waiting/', false, 'webhook', options.resume],
    ['/form/', false, 'form', options.handle],
    ['/form-test/', true, 'form', options.handle],
    ['/form-waiting/', false, 'form', options.resume],
  ] as const) {
    app.all(`${prefix}*`, async (request, reply) =>
      send(reply, await handle(toCall(request, { prefix, test, kind }))),
    );
  }
  done();
}

function send(reply: FastifyReply, answer: WebhookReply) {
  reply.code(answer.status).headers(answer.isForm ? FORM_HEADERS : WEBHOOK_HEADERS);
  for (const { name, value } of answer.headers)
    if (!KEPT_BACK.has(name.toLowerCase())) reply.header(name, value);
  return reply.send(toPayload(answer.body));
}

function toCall(
  request: FastifyRequest,
  { prefix, test, kind }: { prefix: string; test: boolean; kind: 'webhook' | 'form' },
): WebhookRequest {
  const [path = '', queryText = ''] = splitOnce(request.url, '?');
  return {
    test,
    kind,
    method: request.method,
    path: decodePath(path.slice(prefix.length)),
    queryText,
    headers: request.headers,
    body: request.body instanceof Readable ? request.body : null,
    ip: request.ip,
    requestId: request.id,
    locale: pickLocale(request.headers['accept-language']),
  };
}

function splitOnce(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}

function decodePath(path: string): string {
  const trimmed = path.replace(/^\/+|\/+$/g, '');
  if (!trimmed.includes('%')) return trimmed;
  try {
    return decodeURIComponent(trimmed);
  } catch {
    return trimmed;
  }
}

function toPayload(body: WebhookReply['body']) {
  if (body === null || typeof body === 'string' || Buffer.isBuffer(body)) return body ?? undefined;
  return body instanceof Uint8Array ? Buffer.from(body) : Readable.from(body);
}
