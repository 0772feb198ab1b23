import type { HttpClient } from '../../node-kit/index.ts';

interface SentRequest {
  method: string;
  headers: Record<string, string>;
  body?: unknown;
}

/**
 * A `fetch` for token requests that goes through the engine's own client, and so within its rules about addresses. Answers
 * are brought into the standard's form where providers are known to stray from it.
 */
export function fetchThrough(http: HttpClient): (url: string, options: SentRequest) => Promise<Response> {
  return async (url, { method, headers, body }) => {
    const {
      status,
      statusText,
      headers: answered,
      ...response
    } = await http.request({
      method,
      url,
      headers: Object.entries(headers),
      secretHeaders: ['authorization'],
      ...(body !== undefined && body !== null && { body: String(body as URLSearchParams) }),
      followRedirects: false,
    });
    return standardResponse(await response.text(), {
      status,
      statusText,
      type: answered['content-type'] ?? '',
    });
  };
}

function standardResponse(
  text: string,
  { status, statusText, type }: { status: number; statusText: string; type: string },
): Response {
  const fields = readFields(text, type);
  if (!fields) return new Response(text, { status, statusText, headers: { 'content-type': type } });
  // Some say with a success that it was none (GitHub), and some leave out the type of the token.
  const isRefused = status < 400 && typeof fields['error'] === 'string' && !fields['access_token'];
  const { id_token: _identity, ...rest } = fields;
  const body = {
    ...rest,
    ...(fields['access_token'] !== undefined && { token_type: 'bearer' }),
    ...(fields['expires_in'] !== undefined && { expires_in: Number(fields['expires_in']) }),
  };
  return new Response(JSON.stringify(body), {
    status: isRefused ? 400 : status,
    statusText,
    headers: { 'content-type': 'application/json' },
  });
}

function readFields(text: string, type: string): Record<string, unknown> | null {
  if (type.includes('x-www-form-urlencoded')) return Object.fromEntries(new URLSearchParams(text));
  try {
    const value = JSON.parse(text) as unknown;
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
