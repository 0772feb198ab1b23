const FORM = 'application/x-www-form-urlencoded';

export interface RequestBody {
  /** Parameters of the HTTP node; `body` is `none` where there is none. */
  parameters: Record<string, unknown>;
  /** The same for `--get`, which sends it in the address. */
  asQuery: Array<[string, string]>;
}

/** What is sent, read from the data options. Takes the content type out of the headers where the node sets it. */
export function requestBody(
  given: ReadonlyArray<readonly [string, string]>,
  headers: Map<string, string>,
): RequestBody {
  const parts = given.filter(([name]) => name === 'form' || name === 'form-string');
  if (parts.length > 0) {
    takeContentType(headers);
    return { parameters: { body: 'multipart', parts: parts.map(toPart) }, asQuery: [] };
  }
  if (given.some(([name]) => name === 'upload-file'))
    return { parameters: { body: 'binary', binaryField: 'data' }, asQuery: [] };
  const data = given.flatMap(([name, value]) => dataOf(name, value));
  if (data.length === 0) return { parameters: { body: 'none' }, asQuery: [] };
  const isJson = given.some(([name]) => name === 'json');
  const text = data.join(isJson ? '' : '&');
  if (text.startsWith('@')) return { parameters: { body: 'binary', binaryField: 'data' }, asQuery: [] };
  const type = takeContentType(headers) ?? (isJson ? 'application/json' : FORM);
  return { parameters: textBody(text, type), asQuery: [...new URLSearchParams(text)] };
}

function textBody(text: string, type: string): Record<string, unknown> {
  const json = readJson(text);
  if (json !== undefined && (/json/i.test(type) || type === FORM)) return { body: 'json', json };
  if (type === FORM && /^[^=&\s]+=/.test(text)) {
    const fields = [...new URLSearchParams(text)].map(([name, value]) => ({ name, value }));
    return { body: 'form', formFields: fields };
  }
  return { body: 'text', text, contentType: type };
}

function dataOf(name: string, value: string): string[] {
  if (['data', 'data-ascii', 'data-raw', 'data-binary', 'json'].includes(name)) return [value];
  if (name !== 'data-urlencode') return [];
  const [, field = '', content = ''] = /^([^=@]*)[=]?([\s\S]*)$/.exec(value) ?? [];
  if (!value.includes('=')) return [encodeURIComponent(value)];
  return [field === '' ? encodeURIComponent(content) : `${field}=${encodeURIComponent(content)}`];
}

/** `name=value`, or `name=@file` for a file that an item is to hold. */
function toPart([option, text]: readonly [string, string]): Record<string, string> {
  const at = text.indexOf('=');
  const name = text.slice(0, at);
  const value = text.slice(at + 1);
  const isFile = option === 'form' && /^[@<]/.test(value);
  return isFile
    ? { name, kind: 'binary', binaryField: name }
    : { name, kind: 'text', value: value.replace(/;type=[^;]+$/, '') };
}

function takeContentType(headers: Map<string, string>): string | undefined {
  for (const [name, value] of headers) {
    if (name.toLowerCase() !== 'content-type') continue;
    headers.delete(name);
    return value;
  }
  return undefined;
}

/** An object or a list; undefined for other texts, which are sent as they are. */
function readJson(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
