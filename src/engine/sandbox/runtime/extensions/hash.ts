import { md5, ripemd160, sha1 } from '@noble/hashes/legacy.js';
import { sha224, sha256, sha384, sha512 } from '@noble/hashes/sha2.js';
import { sha3_512 as sha3 } from '@noble/hashes/sha3.js';
import { problem } from '../problem.ts';
import { base64Encode, utf8 } from './base64.ts';

// Made behind the wall: asking the host for each value took a hundred times as long.
const ALGORITHMS: Readonly<Record<string, (bytes: Uint8Array) => Uint8Array>> = Object.assign(
  Object.create(null) as Record<string, never>,
  { md5, sha1, sha224, sha256, sha384, sha512, sha3, ripemd160 },
);

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** The hash of the text's UTF-8 bytes in hex; `base64` gives the text itself in base64, as n8n does. */
export function hash(text: string, algorithm: unknown = 'md5'): string {
  const name = String(algorithm).toLowerCase();
  if (name === 'base64') return base64Encode(text);
  const digest = ALGORITHMS[name];
  if (!digest) {
    throw problem(
      'EXPRESSION_FAILED',
      `Unknown algorithm ${String(algorithm)}. Available: md5, base64, sha1, sha224, sha256, sha384, sha512, sha3, ripemd160.`,
    );
  }
  let hex = '';
  for (const byte of digest(new Uint8Array(utf8(text)))) hex += HEX[byte];
  return hex;
}
