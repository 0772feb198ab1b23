import type { WorkflowDocument } from '../../../../contract/index.ts';
import { invalidFile } from '../../invalid-file.ts';
import { parseWorkflow } from '../../parse.ts';
import { readOptions, type CurlOptions } from './curl-options.ts';
import { requestBody } from './request-body.ts';
import { splitCommand } from './split-command.ts';

const METHODS = new Set(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS']);

/** Whether a text is a call of curl, as people copy it from documentation and browsers. */
export function isCurl(text: string): boolean {
  return /^\s*(?:\$\s+)?curl(?:\.exe)?\s/i.test(text);
}

/** A workflow of the one HTTP request that curl would send. Throws WORKFLOW_FILE_INVALID. */
export function readCurl(text: string, file?: string): WorkflowDocument {
  const words = splitCommand(text.trim().replace(/^\$\s+/, ''));
  const options = readOptions(words.slice(1));
  const [address] = options.urls;
  if (address === undefined)
    throw invalidFile([{ path: '', reason: 'the curl command has no address' }], file);
  const url = withScheme(address);
  const parameters = requestParameters(options, url);
  return parseWorkflow({
    name: nameOf(url),
    nodes: [{ id: 'request', name: 'HTTP Request', type: 'http-request', position: [0, 0], parameters }],
    connections: [],
  });
}

function requestParameters({ given }: CurlOptions, address: string): Record<string, unknown> {
  const all = (name: string) => given.filter(([option]) => option === name).map(([, value]) => value);
  const last = (name: string) => all(name).at(-1);
  const has = (name: string) => given.some(([option]) => option === name);

  const headers = new Map(all('header').flatMap(readHeader));
  const put = (name: string, value: string | undefined) => {
    if (value !== undefined && !find(headers, name)) headers.set(name, value);
  };
  put('User-Agent', last('user-agent'));
  put('Referer', last('referer'));
  put(
    'Cookie',
    all('cookie')
      .filter((cookie) => cookie.includes('='))
      .join('; ') || undefined,
  );
  const bearer = last('oauth2-bearer');
  put('Authorization', bearer === undefined ? basicLogin(last('user')) : `Bearer ${bearer}`);

  const { url, query } = splitQuery(address);
  const body = requestBody(given, headers);
  if (has('get')) query.push(...body.asQuery);
  for (const value of all('url-query')) query.push(...pairsOf(value));
  const hasBody = body.parameters['body'] !== 'none' && !has('get');
  const wanted = last('request')?.toUpperCase();
  const method = wanted ?? (has('head') ? 'HEAD' : has('upload-file') ? 'PUT' : hasBody ? 'POST' : 'GET');
  const timeout = Number(last('max-time'));
  const options = {
    ...(has('insecure') && { ignoreTlsErrors: true }),
    ...(last('proxy') && { proxy: withScheme(last('proxy') ?? '') }),
    ...(timeout > 0 && { timeoutMs: Math.ceil(timeout * 1000) }),
    ...(last('max-redirs') && { maxRedirects: Math.max(0, Number(last('max-redirs')) || 0) }),
  };
  return {
    method: METHODS.has(method) ? method : 'GET',
    url,
    ...(query.length > 0 && { query: query.map(([name, value]) => ({ name, value })) }),
    ...(headers.size > 0 && { headers: [...headers].map(([name, value]) => ({ name, value })) }),
    ...(hasBody && body.parameters),
    ...(Object.keys(options).length > 0 && { options }),
  };
}

/** `Name: value`; `Name;` sends it empty, and `Name:` not at all. */
function readHeader(line: string): Array<[string, string]> {
  if (/^[^:]+;$/.test(line)) return [[line.slice(0, -1), '']];
  const at = line.indexOf(':');
  const name = line.slice(0, at).trim();
  const value = line.slice(at + 1).trim();
  // The client negotiates these by itself.
  const isOurs = /^(accept-encoding|content-length|host|connection|:.*)$/i.test(name);
  return at <= 0 || value === '' || isOurs ? [] : [[name, value]];
}

function find(headers: ReadonlyMap<string, string>, name: string): string | undefined {
  return [...headers].find(([given]) => given.toLowerCase() === name.toLowerCase())?.[1];
}

function basicLogin(user: string | undefined): string | undefined {
  if (user === undefined) return undefined;
  return `Basic ${Buffer.from(user.includes(':') ? user : `${user}:`).toString('base64')}`;
}

function withScheme(address: string): string {
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(address) ? address : `http://${address}`;
}

function splitQuery(address: string): { url: string; query: Array<[string, string]> } {
  const at = address.indexOf('?');
  if (at < 0) return { url: address, query: [] };
  return { url: address.slice(0, at), query: pairsOf(address.slice(at + 1).replace(/#.*$/, '')) };
}

function pairsOf(text: string): Array<[string, string]> {
  return [...new URLSearchParams(text)];
}

function nameOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : 'cURL';
}
