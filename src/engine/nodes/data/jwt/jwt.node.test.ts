import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../../kernel/fake-clock.ts';
import { items, runNode } from '../../../node-kit/test-harness.ts';
import { jwt } from './jwt.node.ts';

const SHARED = { keyType: 'passphrase', secret: 'a secret of some length', algorithm: 'HS256' };

async function run(
  parameters: Record<string, unknown>,
  data: Record<string, string> = SHARED,
  at = 1_000_000,
) {
  const { ports } = await runNode(jwt, {
    parameters,
    items: items({ a: 1 }),
    credentials: { jwt: { type: 'jwt', data } },
    clock: new FakeClock(at),
  });
  return ports[0]?.[0]?.json as Record<string, unknown>;
}
const sign = async (parameters: Record<string, unknown> = {}, data = SHARED) =>
  (await run({ operation: 'sign', claims: { sub: '42' }, ...parameters }, data))['token'] as string;

describe('jwt', () => {
  // The example of RFC 7515, appendix A.1, whose key is given as bytes in base64url.
  it('reads the token of the standard', async () => {
    const token =
      'eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
    expect(await run({ operation: 'decode', token, complete: true })).toEqual({
      header: { typ: 'JWT', alg: 'HS256' },
      payload: { iss: 'joe', exp: 1300819380, 'http://example.com/is_root': true },
      signature: 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk',
    });
  });

  it('signs what it then accepts', async () => {
    const token = await sign({ expiresIn: 60, options: { keyId: 'k1' } });
    expect(await run({ operation: 'verify', token, complete: true })).toMatchObject({
      header: { alg: 'HS256', typ: 'JWT', kid: 'k1' },
      payload: { sub: '42', iat: 1000, exp: 1060 },
    });
  });

  it.each([
    ['RS256', generateKeyPairSync('rsa', { modulusLength: 2048 })],
    ['PS384', generateKeyPairSync('rsa', { modulusLength: 2048 })],
    ['ES256', generateKeyPairSync('ec', { namedCurve: 'P-256' })],
  ])('signs with a key pair, %s', async (algorithm, { privateKey, publicKey }) => {
    const pair = {
      keyType: 'pem-key',
      algorithm,
      privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
      publicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    };
    const token = await sign({}, pair as never);
    expect(await run({ operation: 'verify', token }, pair)).toEqual({ payload: { sub: '42', iat: 1000 } });
  });

  it('refuses tokens that do not hold', async () => {
    const token = await sign({ expiresIn: 60 });
    const verify = (more: Record<string, unknown>, data = SHARED, at?: number) =>
      run({ operation: 'verify', token, ...more }, data, at);
    const refused = { code: 'TOKEN_INVALID' };
    await expect(verify({}, { ...SHARED, secret: 'another' })).rejects.toMatchObject(refused);
    await expect(verify({}, { ...SHARED, algorithm: 'HS512' })).rejects.toMatchObject(refused);
    await expect(verify({}, SHARED, 1_061_000)).rejects.toMatchObject(refused);
    await expect(verify({ options: { issuer: 'joe' } })).rejects.toMatchObject(refused);
    await expect(verify({ token: 'no token' })).rejects.toMatchObject(refused);
    const late = { options: { ignoreExpiration: true } };
    expect(await verify(late, SHARED, 1_061_000)).toMatchObject({ payload: { sub: '42' } });
    const early = await sign({ claims: { nbf: 2000, exp: 3000 } });
    await expect(verify({ token: early })).rejects.toMatchObject(refused);
    expect(await verify({ token: early, options: { ignoreNotBefore: true } })).toMatchObject({});
    const both = { token: early, options: { ignoreNotBefore: true } };
    await expect(verify(both, SHARED, 3_001_000)).rejects.toMatchObject(refused);
  });

  it('says what is wrong with a key without telling it', async () => {
    const data = { keyType: 'pem-key', algorithm: 'RS256', privateKey: 'my-key' };
    const failing = run({ operation: 'sign' }, data);
    await expect(failing).rejects.toMatchObject({ code: 'CREDENTIAL_INVALID' });
    await expect(failing).rejects.not.toMatchObject({ facts: { reason: expect.stringContaining('my-key') } });
    await expect(sign({}, { ...SHARED, algorithm: 'RS256' })).rejects.toMatchObject({
      code: 'CREDENTIAL_INVALID',
    });
  });
});
