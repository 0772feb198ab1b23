import { defineNode, derive, MAIN_PORT, NodeError, param } from '../../../node-kit/index.ts';
import { readToken } from './read-token.ts';
import { signToken } from './sign-token.ts';
import { verifyToken } from './verify-token.ts';

const SIGN = { operation: ['sign'] };
const ALGORITHMS = [
  ...(['HS256', 'HS384', 'HS512', 'RS256', 'RS384', 'RS512'] as const),
  ...(['ES256', 'ES384', 'ES512', 'PS256', 'PS384', 'PS512'] as const),
] as const;

export const jwt = defineNode({
  type: 'jwt',
  version: 1,
  group: 'data',
  inputs: MAIN_PORT,
  outputs: MAIN_PORT,
  aliases: ['token', 'sign', 'verify', 'bearer', '令牌', '签名', '校验'],
  credentials: [
    { name: 'jwt', types: ['jwt'], required: true, visibleWhen: { operation: ['sign', 'verify'] } },
  ],
  parameters: {
    operation: param.select({ options: ['sign', 'verify', 'decode'], default: 'sign', expression: false }),
    claims: param.json({ visibleWhen: SIGN }),
    expiresIn: param.number({ default: 0, min: 0, visibleWhen: SIGN }),
    token: param.string({ required: true, visibleWhen: { operation: ['verify', 'decode'] } }),
    complete: param.boolean({ visibleWhen: { operation: ['verify', 'decode'] } }),
    options: param.collection({
      fields: {
        algorithm: param.select({ options: ALGORITHMS, default: 'HS256' }),
        keyId: param.string(),
        clockTolerance: param.number({ default: 0, min: 0 }),
        clockTimestamp: param.number({ min: 0 }),
        ignoreExpiration: param.boolean({ default: true }),
        ignoreNotBefore: param.boolean({ default: true }),
        audience: param.string(),
        issuer: param.string(),
        subject: param.string(),
      },
      visibleWhen: { operation: ['sign', 'verify'] },
    }),
  },
  effect: 'pure',
  async execute(context) {
    const { operation } = context.parameters(0);
    const credential = operation === 'decode' ? null : await context.credential('jwt');
    if (operation !== 'decode' && !credential) throw new NodeError('CREDENTIAL_REQUIRED', { slot: 'jwt' });
    return context.perItem(async (item, index) => {
      const settings = context.parameters(index);
      const { algorithm } = settings.options;
      const data = { ...credential?.data, ...(algorithm !== undefined && { algorithm }) };
      const now = context.now();
      switch (settings.operation) {
        case 'sign':
          return derive({ token: await signToken(data, { ...settings, now }) }, index, 0, item.binary);
        case 'verify':
          return derive(await verifyToken(data, { ...settings, now }), index, 0, item.binary);
        case 'decode':
          return derive(readToken(settings.token, settings.complete), index, 0, item.binary);
      }
    });
  },
});
