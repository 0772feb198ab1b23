import type { BinaryReference, Item } from '../../../contract/index.ts';
import { baseName, NodeError, type BinaryStore } from '../../node-kit/index.ts';
import type { ImapClient } from './imap-client.ts';
import { readHeaders } from './message-headers.ts';
import { partsOf, type MessagePart } from './message-parts.ts';

export interface ReadOptions {
  /** `headers` leaves out what the message says. */
  content: 'headers' | 'full';
  /** Files are stored as fields `attachment0`, `attachment1` … */
  files: boolean;
  /** Larger files are named, and left on the server. */
  maxFileBytes: number;
  store: BinaryStore;
  signal: AbortSignal;
}

/** The longest text, or HTML, that an item holds; of a longer one it holds the beginning. */
const MOST_TEXT_BYTES = 5 * 1024 * 1024;

/** A message of the mailbox that is open, as an item; null where it is not there (any more). It is not marked as seen. */
export async function readMessage(
  client: ImapClient,
  uid: number,
  options: ReadOptions,
): Promise<Item | null> {
  const query = {
    uid: true,
    flags: true,
    size: true,
    internalDate: true,
    bodyStructure: true,
    headers: true,
  };
  const message = await client.fetchOne(String(uid), query, { uid: true });
  if (!message) return null;
  const { mailbox } = client;
  const { text, html, files } = message.bodyStructure
    ? partsOf(message.bodyStructure)
    : { text: [], html: [], files: [] };
  const isFull = options.content === 'full';
  const binary: Record<string, BinaryReference> = {};
  const attachments: Array<Record<string, unknown>> = [];
  for (const part of files) {
    const about = describe(part);
    const field = `attachment${Object.keys(binary).length}`;
    const isStored = isFull && options.files && part.size <= options.maxFileBytes;
    const reference = isStored ? await storePart(client, uid, part, options) : null;
    if (reference) binary[field] = reference;
    attachments.push({ ...about, ...(reference && { field, size: reference.size }) });
  }
  return {
    json: {
      uid,
      uidValidity: mailbox ? String(mailbox.uidValidity) : '',
      mailbox: mailbox ? mailbox.path : '',
      ...(await readHeaders(message.headers ?? new Uint8Array())),
      receivedAt: message.internalDate ? new Date(message.internalDate).toISOString() : null,
      // \Recent says which connection was told of it first: nothing about the message.
      flags: [...(message.flags ?? [])].filter((flag) => flag !== '\\Recent'),
      size: message.size ?? 0,
      ...(isFull && {
        text: await readTexts(client, uid, text, options.signal),
        html: await readTexts(client, uid, html, options.signal),
      }),
      attachments,
    },
    ...(Object.keys(binary).length > 0 && { binary }),
  };
}

function describe({
  fileName,
  mimeType,
  contentId,
  isInline,
  size,
  part,
}: MessagePart): Record<string, unknown> {
  const name = baseName(fileName ?? `part-${part}`);
  return { fileName: name, mimeType, size, isInline, ...(contentId !== undefined && { contentId }) };
}

/** Goes from the server to the store in pieces. */
async function storePart(
  client: ImapClient,
  uid: number,
  part: MessagePart,
  { store, signal }: ReadOptions,
): Promise<BinaryReference> {
  const { content } = await client.download(String(uid), part.part, { uid: true, decodeText: false });
  if (!content) throw gone(uid);
  const fileName = baseName(part.fileName ?? `part-${part.part}`);
  return store.write(stoppable(content, signal), { mimeType: part.mimeType, fileName });
}

/** Several texts, as mailing lists make them, one after the other. */
async function readTexts(
  client: ImapClient,
  uid: number,
  parts: readonly MessagePart[],
  signal: AbortSignal,
): Promise<string> {
  const texts: string[] = [];
  for (const { part } of parts) {
    const { content } = await client.download(String(uid), part, { uid: true, maxBytes: MOST_TEXT_BYTES });
    if (!content) throw gone(uid);
    const decoder = new TextDecoder();
    let text = '';
    for await (const chunk of stoppable(content, signal)) text += decoder.decode(chunk, { stream: true });
    texts.push(text + decoder.decode());
  }
  return texts.join('\n');
}

async function* stoppable(
  content: AsyncIterable<Uint8Array>,
  signal: AbortSignal,
): AsyncIterable<Uint8Array> {
  for await (const chunk of content) {
    signal.throwIfAborted();
    yield chunk;
  }
}

function gone(uid: number): NodeError {
  return new NodeError('SERVICE_REFUSED', {
    service: 'IMAP',
    reason: `the message ${uid} was removed while it was read`,
  });
}
