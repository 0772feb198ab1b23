import { parse as parseQuery } from 'node:querystring';
import type { BinaryReference } from '../../contract/index.ts';
import { EngineError, messageOf } from '../kernel/index.ts';
import type { BlobStore } from '../storage/index.ts';
import { readWhole, tooLarge, upTo } from './read-body.ts';
import { receiveForm } from './receive-form.ts';
import type { BodyLimits } from './trigger-services.ts';
import type { WebhookRequest } from './webhook-call.ts';

export interface ParsedBody {
  body: unknown;
  binary?: Record<string, BinaryReference>;
}

export interface BodyOptions {
  /** The bytes are a file, whatever they are. */
  raw: boolean;
  store: Pick<BlobStore, 'receive'>;
  /** For files; empty for `data` and the names in the form. */
  field: string;
  limits: BodyLimits;
}

const NOTHING: ParsedBody = Object.freeze({ body: Object.freeze({}) });
const MOST_PARTS = { files: 1000, fields: 10_000 };

/**
 * The body by its content type: JSON, form fields and text in memory, files in the binary store, written as they come.
 * Throws BODY_TOO_LARGE, JSON_INVALID and, for a broken form or body, INPUT_INVALID; nothing is stored then.
 */
export async function parseBody(
  { body, headers }: Pick<WebhookRequest, 'body' | 'headers'>,
  options: BodyOptions,
): Promise<ParsedBody> {
  if (body === null) return NOTHING;
  const contentType = headers['content-type'] ?? '';
  const mimeType = contentType.split(';', 1)[0]!.trim().toLowerCase();
  const isForm = mimeType === 'multipart/form-data';
  const isText = isTextual(mimeType);
  const limit = isText && !options.raw ? options.limits.body : options.limits.upload;
  // Told before all of it was sent for nothing.
  if (Number(headers['content-length'] ?? 0) > limit) throw tooLarge(limit);
  if (options.raw || (!isText && !isForm)) return storeBytes(upTo(body, limit), mimeType, options);
  if (isForm) return parseMultipart(upTo(body, limit), contentType, options);
  const content = await readWhole(body, limit);
  if (content.length === 0) return NOTHING;
  if (isJson(mimeType)) return { body: parseJson(content) };
  if (mimeType === URLENCODED) return { body: { ...parseQuery(content.toString('utf8')) } };
  return { body: decodeText(content, contentType) };
}

const URLENCODED = 'application/x-www-form-urlencoded';
const isJson = (mimeType: string) => mimeType === 'application/json' || mimeType.endsWith('+json');
const isTextual = (mimeType: string) =>
  isJson(mimeType) ||
  mimeType === URLENCODED ||
  mimeType.startsWith('text/') ||
  mimeType === 'application/xml' ||
  mimeType.endsWith('+xml');

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

async function storeBytes(
  content: AsyncIterable<Uint8Array>,
  mimeType: string,
  { store, field }: BodyOptions,
): Promise<ParsedBody> {
  const blob = await store.receive(content, { mimeType: mimeType || 'application/octet-stream' });
  if (blob.reference.size === 0) {
    await blob.discard();
    return NOTHING;
  }
  await blob.keep();
  return { body: {}, binary: { [field || 'data']: blob.reference } };
}

async function parseMultipart(
  content: AsyncIterable<Uint8Array>,
  contentType: string,
  { store, field, limits }: BodyOptions,
): Promise<ParsedBody> {
  const form = await receiveForm(content, contentType, {
    store,
    limits: { texts: limits.body, ...MOST_PARTS },
  });
  if (form.isCut) {
    await form.discard();
    throw tooLarge(limits.body);
  }
  await form.keep();
  const body: Record<string, unknown> = {};
  for (const [name, texts] of form.texts) body[name] = texts.length === 1 ? texts[0] : texts;
  const binary: Record<string, BinaryReference> = {};
  for (const [name, files] of form.files) {
    for (const [index, { blob }] of files.entries()) {
      const own = index === 0 ? name : `${name}_${index}`;
      binary[field === '' ? own : `${field}${Object.keys(binary).length}`] = blob.reference;
    }
  }
  return Object.keys(binary).length > 0 ? { body, binary } : { body };
}
