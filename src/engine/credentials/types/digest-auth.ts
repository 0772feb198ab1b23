import { defineCredential } from '../../node-kit/index.ts';

export const digestAuth = defineCredential({
  type: 'digest-auth',
  fields: [
    { name: 'user', kind: 'string', required: true },
    { name: 'password', kind: 'secret', required: true },
  ],
  texts: {
    en: {
      name: 'Digest',
      description: 'HTTP digest authentication: the password itself is never sent.',
      parameters: { user: { label: 'User name' }, password: { label: 'Password' } },
    },
    'zh-CN': {
      name: '摘要认证',
      description: 'HTTP 摘要认证，密码本身不会被发送。',
      parameters: { user: { label: '用户名' }, password: { label: '密码' } },
    },
  },
});
