import { defineCredential } from '../../node-kit/index.ts';
import { labelsOf } from '../server-form.ts';

const PARTS = { mode: ['parts'] };
const URL = { mode: ['url'] };

export const mongodb = defineCredential({
  type: 'mongodb',
  fields: [
    { name: 'mode', kind: 'select', required: true, options: ['parts', 'url'] },
    { name: 'url', kind: 'secret', required: true, visibleWhen: URL },
    { name: 'host', kind: 'string', required: true, placeholder: 'localhost', visibleWhen: PARTS },
    { name: 'port', kind: 'string', required: false, placeholder: '27017', visibleWhen: PARTS },
    { name: 'user', kind: 'string', required: false, visibleWhen: PARTS },
    { name: 'password', kind: 'secret', required: false, visibleWhen: PARTS },
    { name: 'authSource', kind: 'string', required: false, placeholder: 'admin', visibleWhen: PARTS },
    { name: 'tls', kind: 'select', required: true, options: ['off', 'on'], visibleWhen: PARTS },
    { name: 'database', kind: 'string', required: true },
  ],
  texts: {
    en: {
      name: 'MongoDB',
      description: 'A MongoDB database, by its address or a connection string.',
      parameters: {
        ...labelsOf('en', 'host', 'port', 'password', 'database'),
        mode: { label: 'Connect by', options: { parts: 'Host and port', url: 'Connection string' } },
        url: { label: 'Connection string', description: 'mongodb:// or mongodb+srv://' },
        user: { label: 'User name' },
        authSource: { label: 'Database of the user' },
        tls: { label: 'TLS', options: { off: 'Off', on: 'On' } },
      },
    },
    'zh-CN': {
      name: 'MongoDB',
      description: '通过地址或连接字符串访问的 MongoDB 数据库。',
      parameters: {
        ...labelsOf('zh-CN', 'host', 'port', 'password', 'database'),
        mode: { label: '连接方式', options: { parts: '主机和端口', url: '连接字符串' } },
        url: { label: '连接字符串', description: 'mongodb:// 或 mongodb+srv://' },
        user: { label: '用户名' },
        authSource: { label: '用户所在的数据库' },
        tls: { label: 'TLS', options: { off: '关闭', on: '开启' } },
      },
    },
  },
  async test({ data, connections, signal }) {
    const { mongodbConnector } = await import('./mongodb-connector.ts');
    const { mongodbFailure } = await import('./mongodb-failure.ts');
    await connections.use(
      mongodbConnector,
      data,
      async (client) => {
        try {
          await client.db(data['database']).command({ ping: 1 }, { signal });
        } catch (error) {
          throw mongodbFailure(error, data);
        }
      },
      signal,
    );
  },
});
