import { Secret, TOTP } from 'otpauth';
import { defineNode, derive, MAIN_PORT, NodeError, param } from '../../../node-kit/index.ts';

export const totp = defineNode({
  type: 'totp',
  version: 1,
  group: 'data',
  inputs: MAIN_PORT,
  outputs: MAIN_PORT,
  aliases: ['2fa', 'otp', 'authenticator', '验证码', '两步验证', '口令'],
  credentials: [{ name: 'totp', types: ['totp'], required: true }],
  parameters: {
    algorithm: param.select({
      options: ['SHA1', 'SHA224', 'SHA256', 'SHA384', 'SHA512', 'SHA3-256', 'SHA3-384', 'SHA3-512'],
      default: 'SHA1',
    }),
    digits: param.number({ default: 6, min: 4, max: 10, integer: true }),
    period: param.number({ default: 30, min: 1, integer: true }),
  },
  effect: 'pure',
  async execute(context) {
    const credential = await context.credential('totp');
    if (!credential) throw new NodeError('CREDENTIAL_REQUIRED', { slot: 'totp' });
    const secret = readSecret(credential.data['secret'] ?? '');
    return context.perItem((item, index) => {
      const code = new TOTP({ secret, ...context.parameters(index) });
      const timestamp = context.now();
      const secondsRemaining = Math.ceil(code.remaining({ timestamp }) / 1000);
      return derive({ token: code.generate({ timestamp }), secondsRemaining }, index, 0, item.binary);
    });
  },
});

/** Authenticator secrets are shown in groups with spaces. */
function readSecret(text: string): Secret {
  try {
    return Secret.fromBase32(text.replace(/[\s-]/g, ''));
  } catch {
    throw new NodeError('CREDENTIAL_INVALID', { reason: 'the secret is not Base32' });
  }
}
