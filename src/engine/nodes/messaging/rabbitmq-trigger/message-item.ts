import type { ConsumeMessage } from 'amqplib';
import type { Item } from '../../../../contract/index.ts';
import { readContent, type ContentKind } from '../../../connectors/messages/index.ts';
import type { BinaryStore } from '../../../node-kit/index.ts';

/** A message as an item: JSON as a value, text as text, and what is neither as a file. */
export function messageItem(
  { content, fields, properties }: ConsumeMessage,
  as: ContentKind,
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
  const mimeType = typeof contentType === 'string' ? contentType : undefined;
  return readContent(content, as, about, store, mimeType);
}
