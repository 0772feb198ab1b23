import { defineCredential } from '../../node-kit/index.ts';

const PEM = { required: false, multiline: true } as const;
const IS_SECURE = { tls: ['verify', 'no-check'] };
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
    { name: 'tls', kind: 'select', required: true, options: ['off', 'verify', 'no-check'] },
    { name: 'authorities', kind: 'string', ...PEM, visibleWhen: { tls: ['verify'] } },
    { name: 'certificate', kind: 'string', ...PEM, visibleWhen: IS_SECURE },
    { name: 'key', kind: 'secret', ...PEM, visibleWhen: IS_SECURE },
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
        host: { label: 'Host' },
        port: { label: 'Port' },
        signIn: {
          label: 'Sign in with',
          options: {
            none: 'Nothing',
            password: 'User and password',
            token: 'A token',
            creds: 'A credentials file (JWT and key)',
          },
        },
        user: { label: 'User' },
        password: { label: 'Password' },
        token: { label: 'Token' },
        creds: { label: 'Text of the credentials file' },
        tls: {
          label: 'TLS',
          options: {
            off: 'Off',
            verify: 'On, the certificate is checked',
            'no-check': 'On, any certificate will do',
          },
        },
        authorities: {
          label: 'Certificates of authorities (PEM)',
          description: 'Where the server has a certificate of its own making.',
        },
        certificate: { label: 'Certificate of ours (PEM)', description: 'Where the server asks for one.' },
        key: { label: 'Private key of it (PEM)' },
      },
    },
    'zh-CN': {
      name: 'NATS',
      description: 'NATS 服务器，可带或不带 JetStream。',
      parameters: {
        host: { label: '主机' },
        port: { label: '端口' },
        signIn: {
          label: '登录方式',
          options: {
            none: '不登录',
            password: '用户和密码',
            token: '令牌',
            creds: '凭证文件（JWT 与密钥）',
          },
        },
        user: { label: '用户' },
        password: { label: '密码' },
        token: { label: '令牌' },
        creds: { label: '凭证文件内容' },
        tls: {
          label: 'TLS',
          options: { off: '关闭', verify: '开启并校验证书', 'no-check': '开启但不校验证书' },
        },
        authorities: { label: 'CA 证书（PEM）', description: '服务器使用自签证书时填写。' },
        certificate: { label: '客户端证书（PEM）', description: '服务器要求时填写。' },
        key: { label: '客户端私钥（PEM）' },
      },
    },
  },
});
