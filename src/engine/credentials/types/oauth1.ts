import { defineCredential } from '../../node-kit/index.ts';

/** OAuth 1.0 (RFC 5849), with a token that the provider's own pages gave. */
export const oauth1 = defineCredential({
  type: 'oauth1',
  fields: [
    { name: 'consumerKey', kind: 'string', required: true },
    { name: 'consumerSecret', kind: 'secret', required: true },
    { name: 'token', kind: 'string', required: false },
    { name: 'tokenSecret', kind: 'secret', required: false },
    {
      name: 'method',
      kind: 'select',
      required: true,
      options: ['HMAC-SHA1', 'HMAC-SHA256', 'HMAC-SHA512', 'PLAINTEXT'],
    },
    { name: 'realm', kind: 'string', required: false },
  ],
  texts: {
    en: {
      name: 'OAuth 1.0',
      description: 'Signs each request with a consumer key and a token.',
      parameters: {
        consumerKey: { label: 'Consumer key' },
        consumerSecret: { label: 'Consumer secret' },
        token: { label: 'Access token' },
        tokenSecret: { label: 'Token secret' },
        method: { label: 'Signature method' },
        realm: { label: 'Realm' },
      },
    },
    'zh-CN': {
      name: 'OAuth 1.0',
      description: '使用消费者密钥和令牌为每个请求签名。',
      parameters: {
        consumerKey: { label: '消费者密钥' },
        consumerSecret: { label: '消费者私钥' },
        token: { label: '访问令牌' },
        tokenSecret: { label: '令牌私钥' },
        method: { label: '签名方法' },
        realm: { label: '域（realm）' },
      },
    },
  },
});
