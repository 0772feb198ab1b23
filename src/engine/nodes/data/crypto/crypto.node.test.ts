import { createVerify, generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { items, runNode } from '../../../node-kit/test-harness.ts';
import { crypto } from './crypto.node.ts';

const run = async (parameters: Record<string, unknown>) => {
  const { ports } = await runNode(crypto, { parameters, items: items({ a: 1 }) });
  return ports[0]?.[0]?.json as { a: number; data: string };
};

describe('crypto', () => {
  // From RFC 1321, FIPS 180-2 and GB/T 32905 for "abc".
  it.each([
    ['MD5', '900150983cd24fb0d6963f7d28e17f72'],
    ['SHA256', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
    ['SM3', '66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0'],
  ])('hashes with %s', async (algorithm, expected) => {
    expect(await run({ algorithm, value: 'abc' })).toEqual({ a: 1, data: expected });
  });

  // RFC 4231, test case 2.
  it('makes keyed hashes', async () => {
    const hmac = { operation: 'hmac', value: 'what do ya want for nothing?', secret: 'Jefe' };
    expect((await run(hmac)).data).toBe('5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843');
  });

  it('hashes a file', async () => {
    const file = { blobId: 'b1', size: 3, mimeType: 'text/plain', sha256: '' };
    const { ports } = await runNode(crypto, {
      parameters: { algorithm: 'MD5', source: 'file' },
      items: [{ json: {}, binary: { data: file } }],
      binary: {
        write: () => Promise.reject(new Error('nothing to write')),
        read: () => Promise.reject(new Error('read as a stream')),
        async *stream() {
          await Promise.resolve();
          yield Buffer.from('a');
          yield Buffer.from('bc');
        },
      },
    });
    expect(ports[0]?.[0]?.json).toEqual({ data: '900150983cd24fb0d6963f7d28e17f72' });
    await expect(run({ source: 'file' })).rejects.toMatchObject({ code: 'FIELD_MISSING' });
  });

  it('signs so that the public key agrees', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' });
    const { data } = await run({ operation: 'sign', value: 'abc', privateKey: pem, encoding: 'base64' });
    expect(createVerify('RSA-SHA256').update('abc').verify(publicKey, data, 'base64')).toBe(true);
  });

  it('refuses what is no key, without telling it', async () => {
    const failing = run({ operation: 'sign', value: 'abc', privateKey: 'my-key' });
    await expect(failing).rejects.toMatchObject({ code: 'PARAMETER_INVALID' });
    await expect(failing).rejects.not.toMatchObject({ facts: { reason: expect.stringContaining('my-key') } });
  });

  it('makes random values of each kind', async () => {
    const random = async (kind: string) => (await run({ operation: 'generate', kind, length: 12 })).data;
    expect(await random('uuid')).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
    expect(await random('hex')).toMatch(/^[\da-f]{12}$/);
    expect(await random('base64')).toMatch(/^[\w+/]{12}$/);
    expect(await random('letters')).toMatch(/^[A-Za-z\d]{12}$/);
    expect(await random('letters')).not.toBe(await random('letters'));
  });
});
