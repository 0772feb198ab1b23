export interface Hop {
  method: string;
  url: URL;
  headers: Array<[string, string]>;
  hasBody: boolean;
}

const REDIRECTS = new Set([301, 302, 303, 307, 308]);
const BODY_HEADERS = new Set([
  'content-type',
  'content-length',
  'content-encoding',
  'content-language',
  'content-location',
]);
const SECRET_HEADERS = ['authorization', 'cookie', 'proxy-authorization'];

export function isRedirect(status: number): boolean {
  return REDIRECTS.has(status);
}

/**
 * The request that follows a redirect. POST becomes GET for 301 and 302 as in browsers, everything but HEAD does for
 * 303; secrets stay behind when the origin changes.
 */
export function nextHop(
  hop: Hop,
  answer: { status: number; location: string },
  secretHeaders: readonly string[] = [],
): Hop {
  const url = new URL(answer.location, hop.url);
  const becomesGet =
    (answer.status === 303 && hop.method !== 'HEAD') ||
    ((answer.status === 301 || answer.status === 302) && hop.method === 'POST');
  const secret = new Set([...SECRET_HEADERS, ...secretHeaders.map((name) => name.toLowerCase())]);
  const headers = hop.headers.filter(([name]) => {
    const lower = name.toLowerCase();
    if (lower === 'host') return false;
    if (becomesGet && BODY_HEADERS.has(lower)) return false;
    return url.origin === hop.url.origin || !secret.has(lower);
  });
  return { method: becomesGet ? 'GET' : hop.method, url, headers, hasBody: hop.hasBody && !becomesGet };
}
