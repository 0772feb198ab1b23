import { sqlCredential } from '../sql/index.ts';

export const mysqlCredential = sqlCredential({
  type: 'mysql',
  port: '3306',
  database: { required: true, placeholder: 'shop' },
  superuser: 'root',
  connector: async () => (await import('./connector.ts')).useMysql,
  texts: {
    en: { name: 'MySQL', description: 'A database on a MySQL or MariaDB server.' },
    'zh-CN': { name: 'MySQL', description: 'MySQL 或 MariaDB 服务器上的数据库。' },
  },
});
