import { defineCredential } from '../../node-kit/index.ts';

const VERIFIED = { tls: ['verify'] };

export const mssqlCredential = defineCredential({
  type: 'mssql',
  fields: [
    { name: 'host', kind: 'string', required: true, placeholder: '127.0.0.1' },
    { name: 'port', kind: 'string', required: false, placeholder: '1433' },
    { name: 'database', kind: 'string', required: false, placeholder: 'master' },
    { name: 'user', kind: 'string', required: true, placeholder: 'sa' },
    { name: 'password', kind: 'secret', required: false },
    { name: 'tls', kind: 'select', required: true, options: ['off', 'verify', 'no-check'] },
    { name: 'authorities', kind: 'string', required: false, multiline: true, visibleWhen: VERIFIED },
    { name: 'poolSize', kind: 'string', required: false, placeholder: '10' },
  ],
  async test({ data, connections, signal }) {
    const { useMssql } = await import('./connector.ts');
    const ask = { sql: 'select 1', values: [] };
    await useMssql(
      connections,
      data,
      (database) => database.use(signal, (client) => client.run(ask)),
      signal,
    );
  },
  texts: {
    en: {
      name: 'SQL Server',
      description: 'A database on a Microsoft SQL Server, or in Azure SQL.',
      parameters: {
        host: { label: 'Host' },
        port: { label: 'Port' },
        database: { label: 'Database' },
        user: { label: 'User' },
        password: { label: 'Password' },
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
        poolSize: { label: 'Connections at most' },
      },
    },
    'zh-CN': {
      name: 'SQL Server',
      description: 'Microsoft SQL Server 或 Azure SQL 上的数据库。',
      parameters: {
        host: { label: '主机' },
        port: { label: '端口' },
        database: { label: '数据库' },
        user: { label: '用户' },
        password: { label: '密码' },
        tls: {
          label: 'TLS',
          options: { off: '关闭', verify: '开启并校验证书', 'no-check': '开启但不校验证书' },
        },
        authorities: { label: 'CA 证书（PEM）', description: '服务器使用自签证书时填写。' },
        poolSize: { label: '最大连接数' },
      },
    },
  },
});
