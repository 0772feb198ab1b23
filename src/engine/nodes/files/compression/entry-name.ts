import { crc32 } from 'node:zlib';

/** How names are read that the archive does not say are UTF-8. */
export const NAME_ENCODINGS = ['auto', 'gb18030', 'big5', 'shift_jis', 'euc-kr', 'windows-1252'] as const;
export type NameEncoding = (typeof NAME_ENCODINGS)[number];

interface RawName {
  fileNameRaw: Buffer;
  generalPurposeBitFlag: number;
  extraFields: ReadonlyArray<{ id: number; data: Buffer }>;
}

const UTF8_FLAG = 0x800;
const UNICODE_PATH = 0x7075;

/**
 * The name of a ZIP entry. With `auto`, bytes that are no UTF-8 are read as GB 18030: Chinese Windows writes names in
 * it and marks them in no way.
 */
export function entryName(entry: RawName, encoding: NameEncoding): string {
  const raw = entry.fileNameRaw;
  if ((entry.generalPurposeBitFlag & UTF8_FLAG) !== 0) return raw.toString('utf8');
  const unicodePath = entry.extraFields.find(({ id }) => id === UNICODE_PATH)?.data;
  // Its checksum tells whether the name was changed by a program that did not know of the field.
  if (
    unicodePath &&
    unicodePath.length > 5 &&
    unicodePath[0] === 1 &&
    unicodePath.readUInt32LE(1) === crc32(raw)
  )
    return unicodePath.subarray(5).toString('utf8');
  if (encoding !== 'auto') return new TextDecoder(encoding).decode(raw);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(raw);
  } catch {
    return new TextDecoder('gb18030').decode(raw);
  }
}
