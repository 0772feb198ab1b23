import { parse as parseQuery } from 'node:querystring';
import type { Item } from '../../contract/index.ts';
import type { ParsedBody } from './parse-body.ts';
import type { WebhookRequest } from './webhook-call.ts';

/** Cookies of ours that a browser sends along because users' pages live on our origin. */
const OWN_COOKIE = /(^|;\s*)guixuflow[^=;]*=[^;]*/gi;

/** The item that a webhook's execution begins with. */
export function webhookItem(
  request: WebhookRequest,
  parts: {
    params: Readonly<Record<string, string>>;
    parsed: ParsedBody;
    webhookUrl: string;
    /** A header that is left out because it carries the secret. */
    secretHeader: string | null;
    /** What a token that was checked says. */
    claims?: Record<string, unknown> | undefined;
  },
): Item {
  const headers: Record<string, unknown> = { ...request.headers };
  if (parts.secretHeader !== null) delete headers[parts.secretHeader];
  if (typeof headers.cookie === 'string') {
    const cookie = headers.cookie.replace(OWN_COOKIE, '').replace(/^;\s*/, '');
    if (cookie === '') delete headers.cookie;
    else headers.cookie = cookie;
  }
  const json = {
    headers,
    params: { ...parts.params },
    query: request.queryText === '' ? {} : { ...parseQuery(request.queryText) },
    body: parts.parsed.body,
    webhookUrl: parts.webhookUrl,
    executionMode: request.test ? 'test' : 'production',
    ...(parts.claims && { jwtPayload: parts.claims }),
  };
  return parts.parsed.binary ? { json, binary: parts.parsed.binary } : { json };
}
