import ssh2, { type ConnectConfig } from 'ssh2';
import { messageOf, NodeError } from '../../node-kit/index.ts';
import { sshServer } from './failure.ts';

const CONNECT_MS = 15_000;
/** Together they notice within a minute that the other side is gone. */
const KEEPALIVE_MS = 15_000;
const KEEPALIVES_MISSED = 3;

/** What the driver is told of a credential. Throws CREDENTIAL_INVALID, which never quotes a secret. */
export function clientOptions(settings: Readonly<Record<string, string>>): ConnectConfig {
  const { host, port } = sshServer(settings);
  return {
    host,
    port,
    username: settings['user'] ?? '',
    readyTimeout: CONNECT_MS,
    keepaliveInterval: KEEPALIVE_MS,
    keepaliveCountMax: KEEPALIVES_MISSED,
    ...signIn(settings),
  };
}

function signIn(settings: Readonly<Record<string, string>>): ConnectConfig {
  const { method, password = '', privateKey = '', passphrase = '', agent = '' } = settings;
  if (method === 'agent') return { agent };
  // Many servers ask for the password in a dialog instead of taking it as one.
  if (method !== 'key') return { password, tryKeyboard: true };
  const parsed = ssh2.utils.parseKey(privateKey, passphrase);
  if (parsed instanceof Error)
    throw new NodeError('CREDENTIAL_INVALID', { reason: keyReason(messageOf(parsed), passphrase) });
  return { privateKey, ...(passphrase && { passphrase }) };
}

function keyReason(message: string, passphrase: string): string {
  if (/no passphrase/i.test(message)) return 'the private key needs its passphrase';
  const isProtected = /integrity|decrypt|passphrase/i.test(message);
  if (isProtected && passphrase) return 'the passphrase does not open the private key';
  return 'the private key is missing, or in a format that is not known (OpenSSH, PEM and PuTTY are)';
}
