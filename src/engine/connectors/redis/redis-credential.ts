import { defineCredential } from '../../node-kit/index.ts';

export const redisCredential = defineCredential({
  type: 'redis',
  fields: [
    { name: 'host', kind: 'string', required: true, placeholder: '127.0.0.1' },
    { name: 'port', kind: 'string', required: false, placeholder: '6379' },
    { name: 'user', kind: 'string', required: false },
    { name: 'password', kind: 'secret', required: false },
    { name: 'database', kind: 'string', required: false, placeholder: '0' },
    { name: 'tls', kind: 'select', required: true, options: ['off', 'verify', 'no-check'] },
    {
      name: 'authorities',
      kind: 'string',
      required: false,
      multiline: true,
      visibleWhen: { tls: ['verify'] },
    },
  ],
  async test({ data, connections, signal }) {
    const { useRedis } = await import('./connector.ts');
    await useRedis(connections, data, (client) => client.ping(), signal);
  },
  texts: {
    en: {
      name: 'Redis',
      description: 'A Redis server, or one that speaks its protocol.',
      parameters: {
        host: { label: 'Host' },
        port: { label: 'Port' },
        user: { label: 'User', description: 'Empty for the default user.' },
        password: { label: 'Password' },
        database: { label: 'Database number' },
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
      },
    },
    'zh-CN': {
      name: 'Redis',
      description: 'Redis 或兼容其协议的服务器。',
      parameters: {
        host: { label: '主机' },
        port: { label: '端口' },
        user: { label: '用户', description: '留空则为默认用户。' },
        password: { label: '密码' },
        database: { label: '数据库编号' },
        tls: {
          label: 'TLS',
          options: { off: '关闭', verify: '开启并校验证书', 'no-check': '开启但不校验证书' },
        },
        authorities: { label: 'CA 证书（PEM）', description: '服务器使用自签证书时填写。' },
      },
    },
  },
});
