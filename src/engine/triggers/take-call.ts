import { parse as parseQuery } from 'node:querystring';
import { Readable } from 'node:stream';
import type { Item } from '../../contract/index.ts';
import type { WebhookDeclaration } from '../node-kit/index.ts';
import { refusedCaller } from './admit-caller.ts';
import type { Authenticator } from './authenticate.ts';
import { parseBody } from './parse-body.ts';
import type { TakeTurn } from './rate-limit.ts';
import { readWhole } from './read-body.ts';
import type { OpenCall, OpenedCall } from './signatures/index.ts';
import type { BodyLimits, TriggerServices } from './trigger-services.ts';
import type { WebhookReply, WebhookRequest } from './webhook-call.ts';
import { webhookItem } from './webhook-input.ts';
import { errorReply } from './webhook-reply.ts';

/** What a call brings; `opened` where it was signed. */
export interface TakenCall {
  item: Item;
  opened: OpenedCall | null;
}

/**
 * What a call brings, or the answer to one that begins nothing: its caller may not, has called too often, or only tries
 * the address. Throws JSON_INVALID, INPUT_INVALID, BODY_TOO_LARGE.
 */
export async function takeCall(
  services: Pick<TriggerServices, 'blobs' | 'limits' | 'clock'>,
  webhook: {
    declaration: Omit<WebhookDeclaration, 'path' | 'outputPerMethod'>;
    authenticator: Authenticator;
    takeTurn?: TakeTurn;
  },
  call: { request: WebhookRequest; params: Readonly<Record<string, string>>; webhookUrl: string },
): Promise<TakenCall | { refusal: WebhookReply }> {
  const { declaration, authenticator, takeTurn } = webhook;
  const { params, webhookUrl } = call;
  let { request } = call;
  const caller = refusedCaller(declaration, request);
  if (caller !== null) return { refusal: errorReply('WEBHOOK_FORBIDDEN', { caller }, request) };
  const checking = authenticator.check(request);
  const admission = checking instanceof Promise ? await checking : checking;
  if (!admission) {
    const headers = authenticator.challenge
      ? [{ name: 'www-authenticate', value: authenticator.challenge }]
      : [];
    return { refusal: errorReply('WEBHOOK_UNAUTHORIZED', {}, request, headers) };
  }
  const limits = limitsOf(services.limits, declaration.bodyLimit);
  let opened: OpenedCall | null = null;
  if (authenticator.open) {
    const opening = await openCall(authenticator.open, request, { limits, now: services.clock.now() });
    if ('refusal' in opening) return opening;
    ({ opened, request } = opening);
  }
  const wait = takeTurn?.() ?? 0;
  if (wait > 0) {
    const seconds = Math.ceil(wait / 1000);
    const headers = [{ name: 'retry-after', value: String(seconds) }];
    return { refusal: errorReply('WEBHOOK_RATE_LIMITED', { seconds }, request, headers) };
  }
  const parsed = await parseBody(request, {
    raw: declaration.rawBody,
    field: declaration.binaryField,
    store: services.blobs,
    limits,
  });
  const item = webhookItem(request, {
    params,
    parsed,
    webhookUrl,
    secretHeader: authenticator.header,
    claims: admission.claims,
  });
  return { item, opened };
}

/** The request with the body as it was before it was encrypted, and what else its signature says. */
async function openCall(
  open: OpenCall,
  request: WebhookRequest,
  { limits, now }: { limits: BodyLimits; now: number },
): Promise<{ opened: OpenedCall; request: WebhookRequest } | { refusal: WebhookReply }> {
  // What is signed is taken into memory, a file too: before all of it is there, nothing is known of it.
  const bytes = request.body === null ? Buffer.alloc(0) : await readWhole(request.body, limits.body);
  const query: Record<string, string> = {};
  for (const [name, value] of Object.entries(parseQuery(request.queryText)))
    query[name] = (Array.isArray(value) ? value[0] : value) ?? '';
  const opening = open({ method: request.method, headers: request.headers, query, bytes, now });
  if (opening.kind === 'answered') return { refusal: opening.reply };
  if (opening.kind === 'refused')
    return { refusal: errorReply('WEBHOOK_SIGNATURE_INVALID', { reason: opening.reason }, request) };
  const { 'content-length': _length, ...headers } = request.headers;
  const content = opening.body?.bytes ?? bytes;
  return {
    opened: opening,
    request: {
      ...request,
      headers: opening.body ? { ...headers, 'content-type': opening.body.contentType } : request.headers,
      body: content.length === 0 ? null : Readable.from([content]),
    },
  };
}

function limitsOf(limits: BodyLimits, own: number | undefined): BodyLimits {
  if (own === undefined) return limits;
  return { body: Math.min(limits.body, own), upload: Math.min(limits.upload, own) };
}
