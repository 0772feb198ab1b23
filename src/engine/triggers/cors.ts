import type { WebhookReply, WebhookRequest } from './webhook-call.ts';

type Headers = WebhookReply['headers'];

const PREFLIGHT_SECONDS = '600';

/** Headers that let the calling page read the answer; none when its origin is not among the allowed ones. */
export function corsHeaders(allowedOrigins: string, request: WebhookRequest): Headers {
  const { origin } = request.headers;
  if (origin === undefined || allowedOrigins.trim() === '') return [];
  const allowed = allowedOrigins.split(/[\s,]+/).map((entry) => entry.replace(/\/+$/, '').toLowerCase());
  if (allowed.includes('*')) return [{ name: 'access-control-allow-origin', value: '*' }];
  const vary = { name: 'vary', value: 'Origin' };
  return allowed.includes(origin.toLowerCase())
    ? [{ name: 'access-control-allow-origin', value: origin }, vary]
    : [vary];
}

/** The answer to a browser that asks before it sends the page's request. */
export function preflightReply(
  allowedOrigins: string,
  methods: readonly string[],
  request: WebhookRequest,
): WebhookReply {
  const wanted = request.headers['access-control-request-headers'];
  return {
    status: 204,
    headers: [
      ...corsHeaders(allowedOrigins, request),
      { name: 'access-control-allow-methods', value: methods.join(', ') },
      ...(wanted === undefined ? [] : [{ name: 'access-control-allow-headers', value: wanted }]),
      { name: 'access-control-max-age', value: PREFLIGHT_SECONDS },
    ],
    body: null,
  };
}
