import { defineCredential } from '../../node-kit/index.ts';
import { CLIENT_CERTIFICATE_FIELDS, labelsOf, TLS_FIELDS } from '../server-form.ts';

const WITH_PASSWORD = { signIn: ['password'] };

export const natsCredential = defineCredential({
  type: 'nats',
  fields: [
    { name: 'host', kind: 'string', required: true, placeholder: '127.0.0.1' },
    { name: 'port', kind: 'string', required: false, placeholder: '4222' },
    { name: 'signIn', kind: 'select', required: true, options: ['none', 'password', 'token', 'creds'] },
    { name: 'user', kind: 'string', required: true, visibleWhen: WITH_PASSWORD },
    { name: 'password', kind: 'secret', required: true, visibleWhen: WITH_PASSWORD },
    { name: 'token', kind: 'secret', required: true, visibleWhen: { signIn: ['token'] } },
    {
      name: 'creds',
      kind: 'secret',
      required: true,
      multiline: true,
      visibleWhen: { signIn: ['creds'] },
    },
    ...TLS_FIELDS,
    ...CLIENT_CERTIFICATE_FIELDS,
  ],
  async test({ data, connections, signal }) {
    const { flush, useNats } = await import('./connector.ts');
    await useNats(connections, data, ({ connection }) => flush(connection), signal);
  },
  texts: {
    en: {
      name: 'NATS',
      description: 'A NATS server, with or without JetStream.',
      parameters: {
        ...labelsOf('en', 'host', 'port', 'user', 'password', 'tls', 'authorities', 'certificate', 'key'),
        signIn: {
          label: 'Sign in with',
          options: {
            none: 'Nothing',
            password: 'User and password',
            token: 'A token',
            creds: 'A credentials file (JWT and key)',
          },
        },
        token: { label: 'Token' },
        creds: { label: 'Text of the credentials file' },
      },
    },
    'zh-CN': {
      name: 'NATS',
      description: 'NATS 服务器，可带或不带 JetStream。',
      parameters: {
        ...labelsOf('zh-CN', 'host', 'port', 'user', 'password', 'tls', 'authorities', 'certificate', 'key'),
        signIn: {
          label: '登录方式',
          options: {
            none: '不登录',
            password: '用户和密码',
            token: '令牌',
            creds: '凭证文件（JWT 与密钥）',
          },
        },
        token: { label: '令牌' },
        creds: { label: '凭证文件内容' },
      },
    },
  },
});
