import { defineCredential } from '../../node-kit/index.ts';

export const bearerAuth = defineCredential({
  type: 'bearer-auth',
  fields: [{ name: 'token', kind: 'secret', required: true }],
  texts: {
    en: {
      name: 'Bearer token',
      description: 'A token sent as "Authorization: Bearer …".',
      parameters: { token: { label: 'Token', description: 'Without the word Bearer.' } },
    },
    'zh-CN': {
      name: 'Bearer 令牌',
      description: '以“Authorization: Bearer …”方式发送的令牌。',
      parameters: { token: { label: '令牌', description: '不含 Bearer 一词。' } },
    },
  },
});
