import { Busboy, type BusboyFileStream } from '@fastify/busboy';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { BinaryReference } from '../../../contract/index.ts';
import { EngineError } from '../../kernel/index.ts';
import type { BinaryStore } from '../../node-kit/index.ts';
import type { WebhookRequest } from '../webhook-call.ts';

export interface SentFile {
  reference: BinaryReference;
  /** It was cut off at the limit. */
  isTooLarge: boolean;
}

export interface Submission {
  /** Texts by their name in the request. */
  texts: ReadonlyMap<string, readonly string[]>;
  files: ReadonlyMap<string, readonly SentFile[]>;
  /** Some text was cut off. */
  isCut: boolean;
}

export const FILE_LIMIT_BYTES = 100 * 1024 * 1024;
const TEXT_LIMIT_BYTES = 1024 * 1024;
const LIMITS = {
  fileSize: FILE_LIMIT_BYTES,
  fieldSize: TEXT_LIMIT_BYTES,
  files: 50,
  fields: 500,
  parts: 550,
};

/** Reads what a browser sent; files go to the store as they come. Throws INPUT_INVALID for what is no form. */
export async function readSubmission(request: WebhookRequest, store: BinaryStore): Promise<Submission> {
  const type = request.headers['content-type'] ?? '';
  if (!/^(multipart\/form-data|application\/x-www-form-urlencoded)/i.test(type))
    throw new EngineError('INPUT_INVALID', { reason: 'a form is expected' });
  const texts = new Map<string, string[]>();
  const files = new Map<string, SentFile[]>();
  const writing: Array<Promise<void>> = [];
  let isCut = false;

  const take = async (
    name: string,
    stream: BusboyFileStream,
    about: { fileName: string; mimeType: string },
  ) => {
    const reference = await store.write(stream as AsyncIterable<Uint8Array>, about);
    // A browser sends an empty part for a field in which no file was chosen.
    if (about.fileName === '' && reference.size === 0) return;
    const list = files.get(name) ?? [];
    list.push({ reference, isTooLarge: stream.truncated });
    files.set(name, list);
  };
  try {
    const parser = new Busboy({ headers: { ...request.headers, 'content-type': type }, limits: LIMITS });
    parser.on('field', (name, value, nameCut, valueCut) => {
      isCut ||= nameCut || valueCut;
      const list = texts.get(name);
      if (list) list.push(value);
      else texts.set(name, [value]);
    });
    parser.on('file', (name, stream, fileName, _encoding, mimeType) => {
      const written = take(name, stream, { fileName, mimeType });
      // Awaited below; until then a failure must not count as unhandled.
      written.catch(() => stream.resume());
      writing.push(written);
    });
    await pipeline(request.stream ?? Readable.from([request.body]), parser);
  } catch (cause) {
    throw new EngineError('INPUT_INVALID', { reason: 'the form cannot be read' }, { cause });
  } finally {
    await Promise.allSettled(writing);
  }
  await Promise.all(writing);
  return { texts, files, isCut };
}
