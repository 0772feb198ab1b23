const MEMORY_SECTION = 5;
const PAGE_BYTES = 64 * 1024;
const HEADER_BYTES = 8;

/**
 * A WebAssembly module whose own memory grows to `memoryMb` at most; an allocation beyond that fails inside of it.
 * Sections are as in the WebAssembly core specification 2.0, §5.5. Throws Error for a module without a limited memory.
 */
export function limitWasmMemory(module: Uint8Array, memoryMb: number): Uint8Array {
  const limited = new Uint8Array(module);
  const at = { offset: HEADER_BYTES };
  while (at.offset < limited.length) {
    const id = limited[at.offset++];
    const size = readNumber(limited, at);
    if (id !== MEMORY_SECTION) {
      at.offset += size;
      continue;
    }
    const count = readNumber(limited, at);
    const hasMaximum = limited[at.offset++];
    if (count !== 1 || hasMaximum !== 1) break;
    readNumber(limited, at);
    const start = at.offset;
    readNumber(limited, at);
    writeNumber(limited, start, at.offset - start, Math.floor((memoryMb * 1024 ** 2) / PAGE_BYTES));
    return limited;
  }
  throw new Error('The WebAssembly module has no memory with a limit.');
}

/** LEB128. */
function readNumber(bytes: Uint8Array, at: { offset: number }): number {
  let value = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[at.offset++] ?? 0;
    value |= (byte & 0x7f) << shift;
    if (byte < 0x80) return value >>> 0;
  }
}

/** LEB128 in as many bytes as there are. */
function writeNumber(bytes: Uint8Array, offset: number, length: number, value: number): void {
  for (let index = 0; index < length; index += 1)
    bytes[offset + index] = ((value >>> (7 * index)) & 0x7f) | (index < length - 1 ? 0x80 : 0);
}
