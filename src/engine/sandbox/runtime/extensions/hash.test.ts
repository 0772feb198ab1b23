import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { hash } from './hash.ts';

const TEXTS = ['', 'abc', '归墟流 🌊', 'x'.repeat(10_000)];

describe('hash', () => {
  it.each(['md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512', 'ripemd160', 'sha3'])(
    '%s is what OpenSSL makes of the UTF-8 bytes',
    (name) => {
      for (const text of TEXTS) {
        const expected = createHash(name === 'sha3' ? 'sha3-512' : name).update(text);
        expect(hash(text, name)).toBe(expected.digest('hex'));
      }
    },
  );

  it('takes names in any case, md5 without one, and base64', () => {
    expect(hash('abc', 'SHA256')).toBe(hash('abc', 'sha256'));
    expect(hash('abc')).toBe(hash('abc', 'md5'));
    expect(hash('归墟', 'base64')).toBe('5b2S5aKf');
  });

  it('names what there is where it knows none of that name', () => {
    expect(() => hash('abc', 'crc32')).toThrow('Unknown algorithm crc32. Available: md5, base64');
    expect(() => hash('abc', 'constructor')).toThrow('Unknown algorithm constructor');
  });
});
