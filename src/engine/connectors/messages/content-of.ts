import type { Item } from '../../../contract/index.ts';
import { NodeError, type BinaryStore } from '../../node-kit/index.ts';

export interface MessageContent {
  bytes: Buffer;
  contentType: string;
}

/** What is sent for an item. Throws BINARY_MISSING. */
export async function contentOf(
  item: Item,
  itemIndex: number,
  settings: { content: 'item' | 'text' | 'binary'; text: string; binaryField: string },
  store: BinaryStore,
): Promise<MessageContent> {
  if (settings.content === 'item')
    return { bytes: Buffer.from(JSON.stringify(item.json)), contentType: 'application/json' };
  if (settings.content === 'text') return { bytes: Buffer.from(settings.text), contentType: 'text/plain' };
  const reference = item.binary?.[settings.binaryField];
  if (!reference) throw new NodeError('BINARY_MISSING', { field: settings.binaryField, itemIndex });
  return { bytes: await store.read(reference), contentType: reference.mimeType };
}
