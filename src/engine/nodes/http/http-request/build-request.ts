import type { BinaryReference, Item } from '../../../../contract/index.ts';
import {
  basicAuthorization,
  NodeError,
  safeUrl,
  setHeader,
  type BinaryStore,
  type HttpRequest,
} from '../../../node-kit/index.ts';
import type { Draft, DraftBody } from './draft.ts';
import { DEFAULT_TIMEOUT_MS, type RequestSettings } from './request-parameters.ts';

interface Source {
  item: Item;
  itemIndex: number;
  binary: BinaryStore;
}

/** The request that goes out. Throws PARAMETER_INVALID, BINARY_MISSING. */
export async function buildRequest(
  draft: Draft,
  { method, options }: Pick<RequestSettings, 'method' | 'options'>,
  around: Source & { secretHeaders: string[]; secretQuery: string[] },
): Promise<HttpRequest> {
  const url = urlOf(draft, around.itemIndex);
  const headers = [...draft.headers];
  moveLogin(headers, url);
  const body = await buildBody(draft.body, headers, around);
  return {
    method,
    url: url.href,
    headers,
    secretHeaders: around.secretHeaders,
    secretQuery: around.secretQuery,
    ...(body !== undefined && { body }),
    timeoutMs: options.timeoutMs ?? DEFAULT_TIMEOUT_MS,
    followRedirects: options.followRedirects ?? true,
    ...(options.maxRedirects !== undefined && { maxRedirects: options.maxRedirects }),
    ...(options.proxy && { proxy: options.proxy }),
    ignoreTlsErrors: options.ignoreTlsErrors ?? false,
  };
}

/** The whole address of a request, query included. Throws PARAMETER_INVALID. */
export function urlOf({ url: text, query }: Draft, itemIndex: number): URL {
  const trimmed = text.trim();
  // "example.com/x" is what people type; "localhost:3000" would otherwise be read as a scheme.
  const full = /^[a-z][a-z0-9+.-]*:\/\//i.test(trimmed) ? trimmed : `http://${trimmed}`;
  if (!URL.canParse(full)) {
    throw new NodeError('PARAMETER_INVALID', {
      parameter: 'url',
      field: 'url',
      itemIndex,
      reason: `"${safeUrl(trimmed)}" is not an address such as https://example.com/api`,
    });
  }
  const url = new URL(full);
  for (const [name, value] of query) url.searchParams.append(name, value);
  return url;
}

/** A user and password in the address go into a header, where no log shows them. */
function moveLogin(headers: Array<[string, string]>, url: URL): void {
  if (!url.username && !url.password) return;
  // A credential that was chosen goes before.
  if (!headers.some(([name]) => name.toLowerCase() === 'authorization')) {
    const login = basicAuthorization(decodeURIComponent(url.username), decodeURIComponent(url.password));
    setHeader(headers, 'Authorization', login);
  }
  url.username = '';
  url.password = '';
}

async function buildBody(
  body: DraftBody,
  headers: Array<[string, string]>,
  around: Source,
): Promise<HttpRequest['body']> {
  const contentType = (type: string) => {
    if (!headers.some(([name]) => name.toLowerCase() === 'content-type'))
      headers.push(['Content-Type', type]);
  };
  switch (body.kind) {
    case 'none':
      return undefined;
    case 'json':
      contentType('application/json');
      return JSON.stringify(body.value ?? null);
    case 'form':
      contentType('application/x-www-form-urlencoded');
      return new URLSearchParams(
        body.fields.map(([name, value]): [string, string] => [name, value]),
      ).toString();
    case 'text':
      contentType(body.contentType);
      return body.text;
    case 'binary': {
      const reference = referenceOf(around, body.file);
      contentType(reference.mimeType);
      return { size: reference.size, open: () => around.binary.stream(reference) };
    }
    case 'multipart': {
      // The client names the boundary; a content type of the user's would name another.
      const kept = headers.filter(([name]) => name.toLowerCase() !== 'content-type');
      headers.splice(0, headers.length, ...kept);
      const form = new FormData();
      for (const part of body.parts) {
        if ('value' in part) form.append(part.name, part.value);
        else {
          const reference = referenceOf(around, part.file);
          const bytes = await around.binary.read(reference);
          form.append(
            part.name,
            new Blob([new Uint8Array(bytes)], { type: reference.mimeType }),
            reference.fileName ?? part.file,
          );
        }
      }
      return form;
    }
  }
}

function referenceOf({ item, itemIndex }: Source, field: string): BinaryReference {
  const reference = item.binary?.[field];
  if (reference) return reference;
  throw new NodeError('BINARY_MISSING', {
    itemIndex,
    field,
    available: Object.keys(item.binary ?? {}),
    parameter: 'binaryField',
  });
}
