import { parse as parseQuery } from 'node:querystring';
import type { BinaryReference } from '../../contract/index.ts';
import { EngineError, messageOf } from '../kernel/index.ts';
import type { BinaryStore } from '../node-kit/index.ts';

export interface ParsedBody {
  body: unknown;
  binary?: Record<string, BinaryReference>;
}

const NOTHING: ParsedBody = Object.freeze({ body: Object.freeze({}) });

/**
 * The body by its content type: JSON, form fields, text, or files in the binary store. Throws JSON_INVALID and, for a
 * broken form, INPUT_INVALID.
 */
export function parseBody(
  content: Buffer,
  contentType: string | undefined,
  options: {
    raw: boolean;
    store: BinaryStore;
    /** For files; empty for `data` and the names in the form. */ field: string;
  },
): ParsedBody | Promise<ParsedBody> {
  if (content.length === 0) return NOTHING;
  const mimeType = (contentType ?? '').split(';', 1)[0]!.trim().toLowerCase();
  if (options.raw) return storeBytes(content, mimeType, options);
  if (mimeType === 'application/json' || mimeType.endsWith('+json')) return { body: parseJson(content) };
  if (mimeType === 'application/x-www-form-urlencoded')
    return { body: { ...parseQuery(content.toString('utf8')) } };
  if (mimeType === 'multipart/form-data') return parseMultipart(content, contentType ?? '', options);
  if (mimeType.startsWith('text/') || mimeType === 'application/xml' || mimeType.endsWith('+xml')) {
    return { body: decodeText(content, contentType) };
  }
  return storeBytes(content, mimeType, options);
}

function parseJson(content: Buffer): unknown {
  const hasMark = content[0] === 0xef && content[1] === 0xbb && content[2] === 0xbf;
  try {
    return JSON.parse(content.toString('utf8', hasMark ? 3 : 0)) as unknown;
  } catch (error) {
    throw new EngineError('JSON_INVALID', { reason: messageOf(error) }, { cause: error });
  }
}

function decodeText(content: Buffer, contentType: string | undefined): string {
  const charset = /charset\s*=\s*"?([\w.:-]+)/i.exec(contentType ?? '')?.[1] ?? 'utf-8';
  try {
    return new TextDecoder(charset).decode(content);
  } catch {
    return content.toString('utf8');
  }
}

type FileOptions = { store: BinaryStore; field: string };

async function storeBytes(
  content: Buffer,
  mimeType: string,
  { store, field }: FileOptions,
): Promise<ParsedBody> {
  const data = await store.write(content, { mimeType: mimeType || 'application/octet-stream' });
  return { body: {}, binary: { [field || 'data']: data } };
}

async function parseMultipart(
  content: Buffer,
  contentType: string,
  { store, field }: FileOptions,
): Promise<ParsedBody> {
  let form: FormData;
  try {
    form = await new Response(new Uint8Array(content), {
      headers: { 'content-type': contentType },
    }).formData();
  } catch (error) {
    throw new EngineError('INPUT_INVALID', { reason: 'the multipart form cannot be read' }, { cause: error });
  }
  const body: Record<string, unknown> = {};
  const binary: Record<string, BinaryReference> = {};
  for (const name of new Set(form.keys())) {
    const values = form.getAll(name);
    const texts = values.filter((value) => typeof value === 'string');
    if (texts.length > 0) body[name] = texts.length === 1 ? texts[0] : texts;
    const files = values.filter((value) => typeof value !== 'string');
    for (const [index, file] of files.entries()) {
      const own = index === 0 ? name : `${name}_${index}`;
      binary[field === '' ? own : `${field}${Object.keys(binary).length}`] = await store.write(
        Buffer.from(await file.arrayBuffer()),
        {
          mimeType: file.type || 'application/octet-stream',
          ...(file.name && { fileName: file.name }),
        },
      );
    }
  }
  return Object.keys(binary).length > 0 ? { body, binary } : { body };
}
