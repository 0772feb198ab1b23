import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../../kernel/fake-clock.ts';
import { items, runNode } from '../../../node-kit/test-harness.ts';
import { totp } from './totp.node.ts';

// "12345678901234567890" in Base32, the secret of RFC 6238, appendix B.
const SECRET = 'GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ';

const run = async (seconds: number, parameters = {}, secret = SECRET) => {
  const { ports } = await runNode(totp, {
    parameters,
    items: items({ a: 1 }),
    credentials: { totp: { type: 'totp', data: { secret } } },
    clock: new FakeClock(seconds * 1000),
  });
  return ports[0]?.[0]?.json;
};

describe('totp', () => {
  // RFC 6238, appendix B.
  it.each([
    [59, '94287082'],
    [1111111109, '07081804'],
    [20000000000, '65353130'],
  ])('gives the code of the standard at %i s', async (seconds, token) => {
    expect(await run(seconds, { digits: 8 })).toMatchObject({ token });
  });

  it('gives six digits and how long they hold', async () => {
    expect(await run(59)).toEqual({ token: '287082', secondsRemaining: 1 });
    expect(await run(60, { period: 60 })).toMatchObject({ secondsRemaining: 60 });
  });

  it('refuses what is no secret', async () => {
    await expect(run(1, {}, '1!')).rejects.toMatchObject({ code: 'CREDENTIAL_INVALID' });
  });
});
