import { defineCredential } from '../../node-kit/index.ts';

const BY_BROWSER = { grant: ['authorization-code'] };

/** OAuth 2.0 (RFC 6749): a person signs in with the provider once (with PKCE, RFC 7636), or the client signs in itself. */
export const oauth2 = defineCredential({
  type: 'oauth2',
  connects: true,
  fields: [
    {
      name: 'grant',
      kind: 'select',
      required: true,
      options: ['authorization-code', 'client-credentials'],
    },
    {
      name: 'authorizationUrl',
      kind: 'string',
      required: true,
      placeholder: 'https://example.com/oauth/authorize',
      visibleWhen: BY_BROWSER,
    },
    {
      name: 'tokenUrl',
      kind: 'string',
      required: true,
      placeholder: 'https://example.com/oauth/token',
    },
    { name: 'clientId', kind: 'string', required: true },
    { name: 'clientSecret', kind: 'secret', required: false },
    { name: 'scope', kind: 'string', required: false },
    {
      name: 'parameters',
      kind: 'string',
      required: false,
      placeholder: 'prompt=consent&access_type=offline',
    },
    { name: 'clientAuthentication', kind: 'select', required: true, options: ['header', 'body'] },
    // What the provider gave; UTC milliseconds as text.
    { name: 'tokens', kind: 'secret', required: false, hidden: true },
    { name: 'connectedAt', kind: 'string', required: false, hidden: true },
  ],
  texts: {
    en: {
      name: 'OAuth 2.0',
      description: 'Signs in with the provider and renews its tokens by itself.',
      parameters: {
        grant: {
          label: 'Kind of sign-in',
          options: {
            'authorization-code': 'A person signs in, in the browser',
            'client-credentials': 'The client signs in itself',
          },
        },
        authorizationUrl: { label: 'Authorization URL' },
        tokenUrl: { label: 'Token URL' },
        clientId: { label: 'Client id' },
        clientSecret: { label: 'Client secret', description: 'Empty for a public client.' },
        scope: { label: 'Scopes', description: 'With spaces between them.' },
        parameters: {
          label: 'Further parameters',
          description:
            'Added to the authorization URL, or to the token request where the client signs in itself.',
        },
        clientAuthentication: {
          label: 'Client id and secret are sent',
          options: { header: 'In a header', body: 'In the body' },
        },
        tokens: { label: 'Tokens' },
        connectedAt: { label: 'Connected at' },
      },
    },
    'zh-CN': {
      name: 'OAuth 2.0',
      description: '登录服务商并自动更新令牌。',
      parameters: {
        grant: {
          label: '登录方式',
          options: { 'authorization-code': '由用户在浏览器中登录', 'client-credentials': '由客户端自行登录' },
        },
        authorizationUrl: { label: '授权地址' },
        tokenUrl: { label: '令牌地址' },
        clientId: { label: '客户端 ID' },
        clientSecret: { label: '客户端密钥', description: '公共客户端可留空。' },
        scope: { label: '权限范围', description: '以空格分隔。' },
        parameters: {
          label: '附加参数',
          description: '追加到授权地址；客户端自行登录时追加到令牌请求。',
        },
        clientAuthentication: {
          label: '客户端 ID 和密钥的发送方式',
          options: { header: '请求头', body: '请求体' },
        },
        tokens: { label: '令牌' },
        connectedAt: { label: '连接时间' },
      },
    },
  },
});
