import { defineCredential, type CredentialDefinition } from '../../node-kit/index.ts';
import type { UseConnection } from '../connector-user.ts';
import { labelsOf, TLS_FIELDS } from '../server-form.ts';
import type { SqlDatabase } from './sql-database.ts';

const NAMES = ['host', 'port', 'database', 'user', 'password', 'tls', 'authorities', 'poolSize'] as const;

/** The form and the test that the credentials of SQL databases have in common. */
export function sqlCredential(about: {
  type: string;
  /** Where no port is given. */
  port: string;
  database: { required: boolean; placeholder: string };
  /** Of whoever may do everything. */
  superuser: string;
  /** Loads the driver. */
  connector: () => Promise<UseConnection<SqlDatabase>>;
  texts: Record<'en' | 'zh-CN', { name: string; description: string }>;
}): CredentialDefinition {
  const { type, port, database, superuser, texts } = about;
  return defineCredential({
    type,
    fields: [
      { name: 'host', kind: 'string', required: true, placeholder: '127.0.0.1' },
      { name: 'port', kind: 'string', required: false, placeholder: port },
      { name: 'database', kind: 'string', ...database },
      { name: 'user', kind: 'string', required: true, placeholder: superuser },
      { name: 'password', kind: 'secret', required: false },
      ...TLS_FIELDS,
      { name: 'poolSize', kind: 'string', required: false, placeholder: '10' },
    ],
    async test({ data, connections, signal }) {
      const use = await about.connector();
      const ask = { sql: 'select 1', values: [] };
      await use(connections, data, (opened) => opened.use(signal, (client) => client.run(ask)), signal);
    },
    texts: {
      en: { ...texts.en, parameters: labelsOf('en', ...NAMES) },
      'zh-CN': { ...texts['zh-CN'], parameters: labelsOf('zh-CN', ...NAMES) },
    },
  });
}
