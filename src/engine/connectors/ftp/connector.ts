import { isIP } from 'node:net';
import { Client, FTPError } from 'basic-ftp';
import { NodeError, type Connections, type Connector } from '../../node-kit/index.ts';
import { userOf, type Settings } from '../connector-user.ts';
import { Pool } from '../pool/index.ts';
import type { FileServer } from '../remote-files/remote-files.ts';
import { ftpAddress, ftpFailure, serverWords } from './failure.ts';
import { FtpFiles } from './ftp-files.ts';

/** A server that says nothing for so long is gone. */
const SILENCE_MS = 30_000;
/** Servers rarely let one address have many more. */
const MOST_CLIENTS = 4;

/** A signed-in connection, and the folder in which it begins. */
interface FtpClient {
  client: Client;
  home: string;
}

async function openFtp(settings: Settings, signal: AbortSignal): Promise<FtpClient> {
  // Data comes from the host that was asked, not from whichever one it names: it could name one of the inner network.
  const client = new Client(SILENCE_MS, { allowSeparateTransferHost: false });
  const giveUp = () => client.close();
  signal.addEventListener('abort', giveUp, { once: true });
  try {
    signal.throwIfAborted();
    await signIn(client, settings);
    return { client, home: await client.pwd() };
  } catch (error) {
    client.close();
    signal.throwIfAborted();
    throw ftpFailure(error, settings);
  } finally {
    signal.removeEventListener('abort', giveUp);
  }
}

async function signIn(client: Client, settings: Settings): Promise<void> {
  const { user, password = '', tls, tlsStart, authorities } = settings;
  const server = ftpAddress(settings);
  const { host, port } = server;
  const secure = {
    host,
    ...(isIP(host) === 0 && { servername: host }),
    rejectUnauthorized: tls === 'verify',
    ...(authorities && { ca: authorities }),
  };
  if (tls !== 'off' && tlsStart === 'implicit') await client.connectImplicitTLS(host, port, secure);
  else await client.connect(host, port);
  if (tls !== 'off' && tlsStart !== 'implicit') {
    // Never goes on without, whatever the server says.
    await client.useTLS(secure).catch((error: unknown) => {
      if (!(error instanceof FTPError)) throw error;
      throw new NodeError('TLS_FAILED', { ...server, reason: serverWords(error) }, { cause: error });
    });
  }
  await client.sendIgnoringError('OPTS UTF8 ON');
  await client.login(user || 'anonymous', password).catch((error: unknown) => {
    if (!(error instanceof FTPError)) throw error;
    throw new NodeError('LOGIN_REFUSED', { ...server, reason: serverWords(error) }, { cause: error });
  });
  await client.useDefaultSettings();
}

const connector: Connector<Settings, Pool<FtpClient>> = {
  kind: 'ftp',
  open: (settings) =>
    Promise.resolve(
      new Pool({
        most: MOST_CLIENTS,
        open: (signal) => openFtp(settings, signal),
        close: ({ client }) => client.close(),
        isUsable: ({ client }) => !client.closed,
      }),
    ),
  close: (pool) => pool.close(),
};

const usePool = userOf(connector, ftpFailure);

/** Files over FTP. A connection does one thing at a time, so several are kept. */
export function ftpServer(connections: Connections, settings: Settings): FileServer {
  return {
    use: (work, signal) =>
      usePool(
        connections,
        settings,
        (pool) => pool.use(({ client, home }) => work(new FtpFiles(client, home)), signal),
        signal,
      ),
  };
}
