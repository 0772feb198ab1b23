import { Busboy, type BusboyFileStream } from '@fastify/busboy';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { EngineError, isEngineError } from '../kernel/index.ts';
import type { BlobStore, ReceivedBlob } from '../storage/index.ts';

export interface ReceivedFile {
  blob: ReceivedBlob;
  /** It was cut off at the limit. */
  isTooLarge: boolean;
}

/** A form as it was sent. Its files are stored once they are kept; the caller keeps or discards them. */
export interface ReceivedForm {
  /** Texts by their name in the request. */
  texts: ReadonlyMap<string, readonly string[]>;
  files: ReadonlyMap<string, readonly ReceivedFile[]>;
  /** Some text was cut off, or fields were left out. */
  isCut: boolean;
  keep(): Promise<void>;
  discard(): Promise<void>;
}

export interface FormLimits {
  /** Bytes of one file; the whole body's limit where there is none. */
  file?: number;
  /** Bytes of all texts together. */
  texts: number;
  files: number;
  fields: number;
}

/**
 * Reads a form, multipart or urlencoded, as it comes: files go to disk and texts into memory. Throws INPUT_INVALID for
 * what is no form, and leaves nothing behind when it breaks off.
 */
export async function receiveForm(
  source: Readable | AsyncIterable<Uint8Array>,
  contentType: string,
  { store, limits }: { store: Pick<BlobStore, 'receive'>; limits: FormLimits },
): Promise<ReceivedForm> {
  const texts = new Map<string, string[]>();
  const files = new Map<string, ReceivedFile[]>();
  const received: ReceivedBlob[] = [];
  const open = new Set<BusboyFileStream>();
  const writing: Array<Promise<void>> = [];
  let textBytes = 0;
  let isCut = false;
  const all = async (what: 'keep' | 'discard') => {
    for (const blob of received) await blob[what]();
  };

  const take = async (
    name: string,
    stream: BusboyFileStream,
    about: { fileName: string; mimeType: string },
  ) => {
    const { fileName, mimeType } = about;
    const blob = await store.receive(stream as AsyncIterable<Uint8Array>, {
      mimeType: mimeType || 'application/octet-stream',
      ...(fileName && { fileName }),
    });
    open.delete(stream);
    // A browser sends an empty part for a field in which no file was chosen.
    if (!fileName && blob.reference.size === 0) return blob.discard();
    received.push(blob);
    const list = files.get(name) ?? [];
    list.push({ blob, isTooLarge: stream.truncated });
    files.set(name, list);
  };

  try {
    const parser = new Busboy({
      headers: { 'content-type': contentType },
      limits: {
        ...(limits.file !== undefined && { fileSize: limits.file }),
        fieldSize: limits.texts,
        files: limits.files,
        fields: limits.fields,
        parts: limits.files + limits.fields,
      },
    });
    // Both may tell of a broken form once more after the pipeline is over, when nobody listens any more.
    parser.on('error', ignore);
    parser.on('field', (name, value, nameCut, valueCut) => {
      textBytes += Buffer.byteLength(value);
      isCut ||= nameCut || valueCut || textBytes > limits.texts;
      if (textBytes > limits.texts) return;
      const list = texts.get(name);
      if (list) list.push(value);
      else texts.set(name, [value]);
    });
    for (const event of ['partsLimit', 'filesLimit', 'fieldsLimit'] as const)
      parser.on(event, () => (isCut = true));
    parser.on('file', (name, stream, fileName, _encoding, mimeType) => {
      open.add(stream);
      stream.on('error', ignore);
      const written = take(name, stream, { fileName, mimeType });
      // Awaited below; until then a failure must not count as unhandled.
      written.catch(() => stream.resume());
      writing.push(written);
    });
    await pipeline(source, parser);
    await Promise.all(writing);
  } catch (cause) {
    // The parser leaves the part it was in the middle of as it is.
    for (const stream of open) stream.destroy(cause as Error);
    await Promise.allSettled(writing);
    await all('discard');
    if (isEngineError(cause)) throw cause;
    throw new EngineError('INPUT_INVALID', { reason: 'the form cannot be read' }, { cause });
  }
  return { texts, files, isCut, keep: () => all('keep'), discard: () => all('discard') };
}

const ignore = () => undefined;
