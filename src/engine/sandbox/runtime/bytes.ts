import { base64Bytes, base64Text, textOfUtf8, utf8 } from './extensions/base64.ts';

type Source = string | ArrayLike<number> | ArrayBuffer;

/** As much of Node's Buffer as code needs to make and read files: text, base64 and hex, both ways. */
export class Bytes extends Uint8Array {
  static override from(source: Source | Iterable<number>, encoding: unknown = 'utf8'): Bytes {
    if (typeof source !== 'string') return new Bytes(source as ArrayLike<number>);
    switch (String(encoding).toLowerCase()) {
      case 'base64':
      case 'base64url':
        return new Bytes(base64Bytes(source));
      case 'hex':
        return new Bytes((source.match(/[\da-f]{2}/gi) ?? []).map((pair) => parseInt(pair, 16)));
      case 'latin1':
      case 'binary':
      case 'ascii':
        return new Bytes(Array.from(source, (character) => character.charCodeAt(0) & 0xff));
      default:
        return new Bytes(utf8(source));
    }
  }

  static alloc(size: number): Bytes {
    return new Bytes(size);
  }

  static concat(parts: ReadonlyArray<Uint8Array>): Bytes {
    const whole = new Bytes(parts.reduce((length, part) => length + part.length, 0));
    let at = 0;
    for (const part of parts) {
      whole.set(part, at);
      at += part.length;
    }
    return whole;
  }

  static byteLength(source: Source, encoding?: unknown): number {
    return Bytes.from(source, encoding).length;
  }

  static isBuffer(value: unknown): boolean {
    return value instanceof Bytes;
  }

  override toString(encoding: unknown = 'utf8'): string {
    switch (String(encoding).toLowerCase()) {
      case 'base64':
        return base64Text(this);
      case 'hex':
        return Array.from(this, (byte) => byte.toString(16).padStart(2, '0')).join('');
      case 'latin1':
      case 'binary':
      case 'ascii':
        return Array.from(this, (byte) => String.fromCharCode(byte)).join('');
      default:
        return textOfUtf8(this);
    }
  }
}
