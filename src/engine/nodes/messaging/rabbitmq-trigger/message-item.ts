import type { ConsumeMessage } from 'amqplib';
import type { Item } from '../../../../contract/index.ts';
import type { BinaryStore } from '../../../node-kit/index.ts';

const IS_TEXT = new TextDecoder('utf-8', { fatal: true });

/** A message as an item: JSON as a value, text as text, and what is neither as a file. */
export async function messageItem(
  { content, fields, properties }: ConsumeMessage,
  as: 'auto' | 'text' | 'binary',
  store: BinaryStore,
): Promise<Item> {
  const { routingKey, exchange, redelivered } = fields;
  const { messageId, correlationId, replyTo, type, timestamp, contentType } = properties;
  const about = {
    routingKey,
    exchange,
    redelivered,
    headers: properties.headers ?? {},
    properties: JSON.parse(
      JSON.stringify({ messageId, correlationId, replyTo, type, timestamp, contentType }),
    ) as Record<string, unknown>,
  };
  const text = as === 'binary' ? null : decode(content);
  if (text === null) {
    const mimeType = typeof contentType === 'string' ? contentType : 'application/octet-stream';
    return { json: about, binary: { data: await store.write(content, { mimeType }) } };
  }
  return { json: { content: as === 'auto' ? readJson(text) : text, ...about } };
}

/** Null for bytes that are no UTF-8. */
function decode(bytes: Uint8Array): string | null {
  try {
    return IS_TEXT.decode(bytes);
  } catch {
    return null;
  }
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
