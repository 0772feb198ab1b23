import { randomFillSync } from 'node:crypto';

const POOL_BYTES = 10 * 512;
const pool = Buffer.alloc(POOL_BYTES);
let offset = POOL_BYTES;
let lastMs = 0;
let counter = 0;

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/**
 * A UUIDv7 (RFC 9562 §5.7): sorts by time of making; ids made in one millisecond sort by a 12-bit counter
 * (method 1 of §6.2). Random bytes are drawn in bulk, because one call per id costs several microseconds.
 */
export function createId(now: number = Date.now()): string {
  if (now > lastMs) {
    lastMs = now;
    counter = 0;
  } else if (++counter > 0xfff) {
    lastMs += 1;
    counter = 0;
  }
  if (offset + 8 > POOL_BYTES) {
    randomFillSync(pool);
    offset = 0;
  }
  const time = lastMs.toString(16).padStart(12, '0');
  const start = offset;
  offset += 8;
  const at = (index: number) => pool[start + index] ?? 0;
  const variant = HEX[(at(0) & 0x3f) | 0x80];
  let tail = '';
  for (let index = 2; index < 8; index++) tail += HEX[at(index)];
  return `${time.slice(0, 8)}-${time.slice(8)}-7${counter.toString(16).padStart(3, '0')}-${variant}${HEX[at(1)]}-${tail}`;
}
