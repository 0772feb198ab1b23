import { sqlCredential } from '../sql/index.ts';

export const mssqlCredential = sqlCredential({
  type: 'mssql',
  port: '1433',
  database: { required: false, placeholder: 'master' },
  superuser: 'sa',
  connector: async () => (await import('./connector.ts')).useMssql,
  texts: {
    en: { name: 'SQL Server', description: 'A database on a Microsoft SQL Server, or in Azure SQL.' },
    'zh-CN': { name: 'SQL Server', description: 'Microsoft SQL Server 或 Azure SQL 上的数据库。' },
  },
});
