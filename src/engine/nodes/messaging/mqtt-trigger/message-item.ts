import type { IPublishPacket } from 'mqtt';
import type { Item } from '../../../../contract/index.ts';
import { readContent, type ContentKind } from '../../../connectors/messages/index.ts';
import type { BinaryStore } from '../../../node-kit/index.ts';

/** A message as an item: JSON as a value, text as text, and what is neither as a file. */
export function messageItem(packet: IPublishPacket, as: ContentKind, store: BinaryStore): Promise<Item> {
  const { topic, qos, retain, dup, payload, properties } = packet;
  const { contentType, responseTopic, userProperties } = properties ?? {};
  const about = {
    topic,
    qos,
    retain,
    duplicate: dup,
    ...(contentType !== undefined && { contentType }),
    ...(responseTopic !== undefined && { responseTopic }),
    ...(userProperties && { userProperties: { ...userProperties } }),
  };
  return readContent(Buffer.from(payload), as, about, store, contentType);
}
