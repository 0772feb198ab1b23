import { ImapFlow } from 'imapflow';
import type { Connector } from '../../node-kit/index.ts';
import { userOf } from '../connector-user.ts';
import { IMAP_PORTS, imapFailure } from './imap-failure.ts';
import type { Settings } from '../connector-user.ts';
import { serverOf, tlsOptions } from './mail-server.ts';

export type ImapClient = ImapFlow;

const CONNECT_MS = 15_000;
/** IDLE is begun anew this often, so that neither the server nor a router on the way ends a silent connection. */
const IDLE_MS = 4 * 60_000;
/** One answer of the server; messages are read in pieces well below. */
const MOST_ANSWER_BYTES = 64 * 1024 * 1024;

/**
 * Connects and signs in. It does not connect again by itself: whoever lost it decides what to do. Throws a NodeError that
 * names the cause.
 */
export async function connectImap(settings: Settings): Promise<ImapClient> {
  const { user = '', password = '', security } = settings;
  const { host, port } = serverOf(settings, 'IMAP', IMAP_PORTS);
  const client = new ImapFlow({
    host,
    port,
    secure: security === 'tls',
    // STARTTLS that whoever is in the middle can take away protects nobody.
    doSTARTTLS: security === 'starttls',
    tls: tlsOptions(settings),
    auth: { user, pass: password },
    clientInfo: { name: 'GuixuFlow' },
    logger: false,
    disableAutoIdle: true,
    maxIdleTime: IDLE_MS,
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    maxLineLength: MOST_ANSWER_BYTES,
    maxLiteralSize: MOST_ANSWER_BYTES,
    maxResponseSize: 2 * MOST_ANSWER_BYTES,
  });
  // Failures reach whoever waits for a command; without a listener they would end the process.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return client;
  } catch (error) {
    client.close();
    throw imapFailure(error, settings);
  }
}

const connector: Connector<Settings, ImapClient> = {
  kind: 'imap',
  open: connectImap,
  close: (client) => client.logout().catch(() => client.close()),
  isUsable: (client) => client.usable,
};

/** Works with a client that its users share: a mailbox is to be locked for as long as it is used. Throws NodeErrors. */
export const useImap = userOf(connector, imapFailure);
