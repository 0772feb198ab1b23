import { defineCredential } from '../../node-kit/index.ts';
import { labelsOf, TLS_FIELDS } from '../server-form.ts';

export const redisCredential = defineCredential({
  type: 'redis',
  fields: [
    { name: 'host', kind: 'string', required: true, placeholder: '127.0.0.1' },
    { name: 'port', kind: 'string', required: false, placeholder: '6379' },
    { name: 'user', kind: 'string', required: false },
    { name: 'password', kind: 'secret', required: false },
    { name: 'database', kind: 'string', required: false, placeholder: '0' },
    ...TLS_FIELDS,
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
        ...labelsOf('en', 'host', 'port', 'password', 'tls', 'authorities'),
        user: { label: 'User', description: 'Empty for the default user.' },
        database: { label: 'Database number' },
      },
    },
    'zh-CN': {
      name: 'Redis',
      description: 'Redis 或兼容其协议的服务器。',
      parameters: {
        ...labelsOf('zh-CN', 'host', 'port', 'password', 'tls', 'authorities'),
        user: { label: '用户', description: '留空则为默认用户。' },
        database: { label: '数据库编号' },
      },
    },
  },
});
