import type { BinaryReference, Item } from '../../../../contract/index.ts';
import {
  authenticateHeaders,
  basicAuthorization,
  NodeError,
  safeUrl,
  setHeader,
  type BinaryStore,
  type HttpRequest,
  type RevealedCredential,
} from '../../../node-kit/index.ts';
import { DEFAULT_TIMEOUT_MS, type RequestSettings } from './request-parameters.ts';

/** The request that these settings ask for. Throws PARAMETER_INVALID, BINARY_MISSING, CREDENTIAL_INVALID. */
export async function buildRequest(
  settings: RequestSettings,
  around: { item: Item; itemIndex: number; credential: RevealedCredential | null; binary: BinaryStore },
): Promise<HttpRequest> {
  const { options } = settings;
  const url = buildUrl(settings, around.itemIndex);
  const headers: Array<[string, string]> = settings.headers.map(({ name, value }) => [name.trim(), value]);
  moveLogin(headers, url);
  const secretHeaders = authenticateHeaders(headers, around.credential);
  const body = await buildBody(settings, headers, around);
  return {
    method: settings.method,
    url: url.href,
    headers,
    secretHeaders,
    ...(body !== undefined && { body }),
    timeoutMs: options.timeoutMs ?? DEFAULT_TIMEOUT_MS,
    followRedirects: options.followRedirects ?? true,
    ...(options.maxRedirects !== undefined && { maxRedirects: options.maxRedirects }),
    ...(options.proxy && { proxy: options.proxy }),
    ignoreTlsErrors: options.ignoreTlsErrors ?? false,
  };
}

function buildUrl({ url: text, query }: RequestSettings, itemIndex: number): URL {
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
  for (const { name, value } of query) url.searchParams.append(name, value);
  return url;
}

/** A user and password in the address go into a header, where no log shows them. */
function moveLogin(headers: Array<[string, string]>, url: URL): void {
  if (!url.username && !url.password) return;
  const login = basicAuthorization(decodeURIComponent(url.username), decodeURIComponent(url.password));
  setHeader(headers, 'Authorization', login);
  url.username = '';
  url.password = '';
}

async function buildBody(
  settings: RequestSettings,
  headers: Array<[string, string]>,
  around: { item: Item; itemIndex: number; binary: BinaryStore },
): Promise<HttpRequest['body']> {
  const contentType = (type: string) => {
    if (!headers.some(([name]) => name.toLowerCase() === 'content-type'))
      headers.push(['Content-Type', type]);
  };
  switch (settings.body) {
    case 'none':
      return undefined;
    case 'json':
      contentType('application/json');
      return JSON.stringify(settings.json ?? null);
    case 'form':
      contentType('application/x-www-form-urlencoded');
      return new URLSearchParams(
        settings.formFields.map(({ name, value }): [string, string] => [name, value]),
      ).toString();
    case 'text':
      contentType(settings.contentType || 'text/plain');
      return settings.text;
    case 'binary': {
      const reference = referenceOf(around, settings.binaryField);
      contentType(reference.mimeType);
      return around.binary.read(reference);
    }
    case 'multipart': {
      // The client names the boundary; a content type of the user's would name another.
      const kept = headers.filter(([name]) => name.toLowerCase() !== 'content-type');
      headers.splice(0, headers.length, ...kept);
      const form = new FormData();
      for (const part of settings.parts) {
        if (part.kind === 'text') form.append(part.name, part.value);
        else {
          const reference = referenceOf(around, part.binaryField);
          const bytes = await around.binary.read(reference);
          form.append(
            part.name,
            new Blob([new Uint8Array(bytes)], { type: reference.mimeType }),
            reference.fileName ?? part.binaryField,
          );
        }
      }
      return form;
    }
  }
}

function referenceOf({ item, itemIndex }: { item: Item; itemIndex: number }, field: string): BinaryReference {
  const reference = item.binary?.[field];
  if (reference) return reference;
  throw new NodeError('BINARY_MISSING', {
    itemIndex,
    field,
    available: Object.keys(item.binary ?? {}),
    parameter: 'binaryField',
  });
}
