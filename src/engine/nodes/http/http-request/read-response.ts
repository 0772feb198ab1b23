import type { BinaryReference, Item } from '../../../../contract/index.ts';
import { NodeError, safeUrl, type BinaryStore, type HttpResponse } from '../../../node-kit/index.ts';

export interface ReadSettings {
  response: 'auto' | 'json' | 'text' | 'file';
  outputField: string;
  fullResponse: boolean;
  /** Where text goes in a full response. */
  textField: string;
  neverFail: boolean;
  /** Files of the input item that stay with a file that is read. */
  files: Item['binary'];
  /** Query parameters that messages must not show. */
  secretQuery: readonly string[];
}

/** One answer, read. */
export interface ReadResponse {
  status: number;
  headers: Readonly<Record<string, string>>;
  /** Where it came from in the end, after redirects. */
  url: string;
  /** The JSON value or the text; null for a file. */
  body: unknown;
  file: BinaryReference | null;
  items: Item[];
  /** The failure that its status stands for. */
  failure(): NodeError;
}

const EXCERPT_LENGTH = 500;

/** Reads an answer as the settings say. Throws HTTP_STATUS for 400 and above, HTTP_RESPONSE_INVALID for broken JSON. */
export async function readResponse(
  response: HttpResponse,
  settings: ReadSettings,
  around: { method: string; binary: BinaryStore },
): Promise<ReadResponse> {
  const { status, headers, url } = response;
  const failure = (text: string) => statusError(response, text, { ...around, ...settings });
  if (status >= 400 && !settings.neverFail) throw failure(await response.text().catch(() => ''));
  const contentType = (headers['content-type'] ?? '').split(';', 1)[0]!.trim().toLowerCase();
  const kind = settings.response === 'auto' ? guessKind(contentType) : settings.response;
  if (kind === 'file') {
    const file = await storeFile(response, contentType, around.binary);
    const json = settings.fullResponse ? envelope(response, {}) : {};
    const items = [{ json, binary: { ...settings.files, [settings.outputField || 'data']: file } }];
    return { status, headers, url, body: null, file, items, failure: () => failure('') };
  }
  const text = await response.text();
  const isNothing = text === '' && settings.response === 'auto';
  const body = kind === 'json' ? parseJson(text, response, settings) : isNothing ? undefined : text;
  const items = toItems(body, response, { ...settings, isText: kind === 'text' });
  return { status, headers, url, body, file: null, items, failure: () => failure(text) };
}

function storeFile(
  response: HttpResponse,
  contentType: string,
  binary: BinaryStore,
): Promise<BinaryReference> {
  const fileName = fileNameOf(response);
  return binary.write(response.body, {
    mimeType: contentType || 'application/octet-stream',
    ...(fileName !== undefined && { fileName }),
  });
}

function toItems(
  body: unknown,
  response: HttpResponse,
  settings: ReadSettings & { isText: boolean },
): Item[] {
  if (settings.fullResponse) {
    const field = settings.isText ? settings.textField : 'body';
    return [{ json: envelope(response, body === undefined ? {} : { [field]: body }) }];
  }
  // Nothing in an answer (204, HEAD) is still one answer.
  if (body === undefined) return [{ json: {} }];
  const values = Array.isArray(body) ? (body as unknown[]) : [body];
  return values.map((value) => ({
    json: isRecord(value) ? value : { [settings.outputField || 'data']: value },
  }));
}

function envelope(response: HttpResponse, content: Item['json']): Item['json'] {
  const { status: statusCode, statusText: statusMessage, headers } = response;
  return { statusCode, statusMessage, headers, ...content };
}

function guessKind(contentType: string): 'json' | 'text' | 'file' {
  if (contentType === 'application/json' || contentType.endsWith('+json') || contentType === 'text/json')
    return 'json';
  const isText =
    contentType === '' ||
    contentType.startsWith('text/') ||
    contentType.endsWith('+xml') ||
    /^application\/(xml|javascript|x-javascript|ecmascript|x-ndjson|yaml|x-yaml|x-www-form-urlencoded|graphql)$/.test(
      contentType,
    );
  return isText ? 'text' : 'file';
}

function parseJson(text: string, response: HttpResponse, settings: ReadSettings): unknown {
  const trimmed = text.replace(/^\uFEFF/, '').trim();
  if (trimmed === '') return undefined;
  try {
    return JSON.parse(trimmed) as unknown;
  } catch (error) {
    // An error page in HTML is what the user asked to see.
    if (settings.neverFail && response.status >= 400) return text;
    throw new NodeError(
      'HTTP_RESPONSE_INVALID',
      {
        url: safeUrl(response.url, settings.secretQuery),
        format: 'JSON',
        reason: (error as Error).message,
        description: excerpt(text),
      },
      { cause: error },
    );
  }
}

function statusError(
  response: HttpResponse,
  text: string,
  { method, secretQuery }: { method: string; secretQuery: readonly string[] },
): NodeError {
  const { status } = response;
  const retryAfter = response.headers['retry-after'];
  return new NodeError('HTTP_STATUS', {
    method,
    url: safeUrl(response.url, secretQuery),
    status,
    reason: hint(status),
    ...(retryAfter !== undefined && { retryAfter }),
    ...(text !== '' && { description: excerpt(text) }),
  });
}

function hint(status: number): string {
  if (status === 401) return 'Check the credential.';
  if (status === 403) return 'The credential may not do this.';
  if (status === 404) return 'Check the address.';
  if (status === 405) return 'Check the method.';
  if (status === 429) return 'Send fewer requests at a time, or use batches.';
  return status >= 500 ? 'The server failed; trying again later may help.' : 'Check what was sent.';
}

function excerpt(text: string): string {
  const flat = text.replace(/\s+/g, ' ').trim();
  return flat.length > EXCERPT_LENGTH ? `${flat.slice(0, EXCERPT_LENGTH)}…` : flat;
}

function fileNameOf(response: HttpResponse): string | undefined {
  const disposition = response.headers['content-disposition'] ?? '';
  const encoded = /filename\*\s*=\s*(?:UTF-8|utf-8)''([^;]+)/.exec(disposition)?.[1];
  const plain = /filename\s*=\s*(?:"([^"]*)"|([^;]+))/i.exec(disposition);
  const name = encoded
    ? safeDecode(encoded.trim())
    : (plain?.[1] ?? plain?.[2]?.trim() ?? safeDecode(lastSegment(response.url)));
  // A name is no path: the server chooses it, and it may end up on a disk.
  return name.replace(/[/\\\0]/g, '_') || undefined;
}

function lastSegment(url: string): string {
  return URL.canParse(url) ? (new URL(url).pathname.split('/').pop() ?? '') : '';
}

function safeDecode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
