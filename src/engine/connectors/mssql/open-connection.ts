import { Connection } from 'tedious';

const CONNECT_MS = 15_000;

/** Signs in with the fields of a credential. Throws what the driver throws; nothing of a failed attempt stays open. */
export function openConnection(settings: Readonly<Record<string, string>>): Promise<Connection> {
  const { host = '', port, database, user, password, tls, authorities } = settings;
  const connection = new Connection({
    server: host,
    authentication: { type: 'default', options: { userName: user, password } },
    options: {
      port: Number(port) || 1433,
      ...(database && { database }),
      encrypt: tls !== 'off',
      trustServerCertificate: tls === 'no-check',
      ...(authorities && { cryptoCredentialsDetails: { ca: authorities } }),
      connectTimeout: CONNECT_MS,
      // Queries take as long as they take; Stop and the node's time limit end them.
      requestTimeout: 0,
      maxRetriesOnTransientErrors: 0,
      appName: 'GuixuFlow',
      useUTC: true,
    },
  });
  return new Promise((resolve, reject) => {
    connection.on('error', () => undefined);
    connection.connect((error) => {
      if (!error) return resolve(connection);
      connection.close();
      reject(error);
    });
  });
}
