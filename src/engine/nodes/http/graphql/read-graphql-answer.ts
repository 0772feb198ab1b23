import { NodeError, safeUrl, type HttpResponse } from '../../../node-kit/index.ts';

/**
 * The answer to a query, parsed or as text. Throws NodeError HTTP_STATUS, HTTP_RESPONSE_INVALID, and GRAPHQL_FAILED with
 * the messages of the errors in it.
 */
export async function readGraphqlAnswer(
  response: HttpResponse,
  format: 'json' | 'text',
  method: string,
): Promise<unknown> {
  const text = await response.text();
  const answer = parse(text);
  const messages = errorMessages(answer);
  const url = safeUrl(response.url);
  if (messages.length > 0) throw new NodeError('GRAPHQL_FAILED', { url, reason: messages.join('; ') });
  if (response.status >= 400)
    throw new NodeError('HTTP_STATUS', { method, url, status: response.status, reason: response.statusText });
  if (format === 'text') return text;
  if (isObject(answer)) return answer;
  throw new NodeError('HTTP_RESPONSE_INVALID', { url, format: 'JSON', reason: 'it is not a JSON object' });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function errorMessages(answer: unknown): string[] {
  if (!isObject(answer) || !Array.isArray(answer['errors'])) return [];
  return (answer['errors'] as unknown[]).map((error) =>
    isObject(error) && typeof error['message'] === 'string' ? error['message'] : JSON.stringify(error),
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
