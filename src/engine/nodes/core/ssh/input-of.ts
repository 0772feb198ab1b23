import type { Item } from '../../../../contract/index.ts';
import { NodeError, type BinaryStore } from '../../../node-kit/index.ts';
import type { SshSettings } from './ssh-parameters.ts';

/** What the command reads from its standard input; null for nothing. Throws BINARY_MISSING. */
export function inputOf(
  item: Item,
  { input, inputText, inputField }: SshSettings,
  store: BinaryStore,
): AsyncIterable<Uint8Array> | null {
  if (input === 'none') return null;
  if (input === 'text') return bytesOf(inputText);
  const reference = item.binary?.[inputField];
  if (!reference) {
    const available = Object.keys(item.binary ?? {}).join(', ');
    throw new NodeError('BINARY_MISSING', { field: inputField, available });
  }
  return store.stream(reference);
}

async function* bytesOf(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}
