import { Client } from 'ssh2';
import { isEngineError, NodeError, type Connector } from '../../node-kit/index.ts';
import { userOf, type Settings } from '../connector-user.ts';
import { Pool, Slots } from '../pool/index.ts';
import { clientOptions } from './client-options.ts';
import { sshFailure, sshServer } from './failure.ts';
import { hostKeyProblem } from './host-key.ts';
import { openSftp, type SftpChannel } from './open-sftp.ts';

/** OpenSSH takes ten sessions on a connection unless it is told otherwise. */
const MOST_COMMANDS = 6;
const MOST_SFTP = 4;

/** A connection that its users share. */
export interface SshConnection {
  client: Client;
  /** Turns of the commands. */
  commands: Slots;
  sftp: Pool<SftpChannel>;
  isUsable: boolean;
}

async function openSsh(settings: Settings, signal: AbortSignal): Promise<SshConnection> {
  const client = new Client();
  const ready = Promise.withResolvers<void>();
  let keyProblem: NodeError | null = null;
  client
    .on('ready', ready.resolve)
    // Stays for later: an error that nobody listens for would end the process.
    .on('error', ready.reject)
    .on('close', () => ready.reject(new Error('connection closed')))
    .on('keyboard-interactive', (_name, _instructions, _language, prompts, finish) =>
      finish(prompts.map(({ echo }) => (echo ? '' : (settings['password'] ?? '')))),
    );
  const giveUp = () => ready.reject(signal.reason);
  signal.addEventListener('abort', giveUp, { once: true });
  try {
    client.connect({
      ...clientOptions(settings),
      // Asked before the sign-in: a stranger gets no password.
      hostVerifier: (key: Buffer) => {
        keyProblem = hostKeyProblem(key, settings['hostKey'] ?? '', sshServer(settings));
        return keyProblem === null;
      },
    });
    await ready.promise;
  } catch (error) {
    ready.promise.catch(() => undefined);
    client.destroy();
    signal.throwIfAborted();
    throw keyProblem ?? sshFailure(error, settings);
  } finally {
    signal.removeEventListener('abort', giveUp);
  }
  const connection: SshConnection = {
    client,
    commands: new Slots(MOST_COMMANDS),
    sftp: new Pool({
      most: MOST_SFTP,
      open: (signal) => openSftp(client, signal),
      close: ({ sftp }) => sftp.end(),
      isUsable: ({ isOpen }) => isOpen,
    }),
    isUsable: true,
  };
  client.on('close', () => void (connection.isUsable = false));
  return connection;
}

const connector: Connector<Settings, SshConnection> = {
  kind: 'ssh',
  open: openSsh,
  close: ({ client }) => void client.end(),
  isUsable: ({ isUsable }) => isUsable,
};

/** Works with the server of a credential. Throws NodeErrors. */
export const useSsh = userOf(connector, (error, settings, { isUsable }) => {
  if (isUsable || isEngineError(error)) return sshFailure(error, settings);
  // What was under way then fails in many ways.
  return new NodeError('CONNECTION_LOST', sshServer(settings), { cause: error });
});
