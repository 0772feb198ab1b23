/** Encodings by the labels of the WHATWG Encoding Standard, which Node's TextDecoder knows. */
export const TEXT_ENCODINGS = [
  'utf-8',
  'gb18030',
  'big5',
  'utf-16le',
  'utf-16be',
  'windows-1252',
  'windows-1251',
  'shift_jis',
  'euc-jp',
  'euc-kr',
] as const;

export type TextEncodingName = (typeof TEXT_ENCODINGS)[number];

/** The text, without a byte order mark; bytes that mean nothing become U+FFFD. */
export function decodeText(bytes: Uint8Array, encoding: TextEncodingName): string {
  return new TextDecoder(encoding).decode(bytes);
}

/** As {@link decodeText}, for bytes in parts that may end within a character. */
export async function* decodeStream(
  parts: AsyncIterable<Uint8Array>,
  encoding: TextEncodingName,
): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding);
  for await (const part of parts) yield decoder.decode(part, { stream: true });
  yield decoder.decode();
}
