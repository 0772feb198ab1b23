import { defineCredential } from '../../node-kit/index.ts';

export const basicAuth = defineCredential({
  type: 'basic-auth',
  fields: [
    { name: 'user', kind: 'string', required: true },
    { name: 'password', kind: 'secret', required: true },
  ],
  texts: {
    en: {
      name: 'User name and password',
      description: 'HTTP basic authentication.',
      parameters: { user: { label: 'User name' }, password: { label: 'Password' } },
    },
    'zh-CN': {
      name: '用户名和密码',
      description: 'HTTP 基本认证。',
      parameters: { user: { label: '用户名' }, password: { label: '密码' } },
    },
  },
});
