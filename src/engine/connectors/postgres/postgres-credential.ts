import { sqlCredential } from '../sql/index.ts';

export const postgresCredential = sqlCredential({
  type: 'postgres',
  port: '5432',
  database: { required: true, placeholder: 'postgres' },
  superuser: 'postgres',
  connector: async () => (await import('./connector.ts')).usePostgres,
  texts: {
    en: { name: 'PostgreSQL', description: 'A database on a PostgreSQL server.' },
    'zh-CN': { name: 'PostgreSQL', description: 'PostgreSQL 服务器上的数据库。' },
  },
});
