import type { ClientChannel } from 'ssh2';

/** After this a command that was asked to end is ended. */
const GRACE_MS = 1000;

/** What the driver keeps to itself. */
interface Inner {
  outgoing?: { id: number; state: string };
  _client?: { _protocol?: { signal(channel: number, name: string): void } };
}

/**
 * Asks a remote command to end, and a second later ends it and its channel. Resolves once the channel is closed, or the
 * server was told to.
 */
export async function endCommand(channel: ClientChannel): Promise<void> {
  if (!isOpen(channel)) return;
  const closed = new Promise<void>((resolve) => void channel.once('close', resolve));
  let timer: NodeJS.Timeout | undefined;
  const graceIsOver = new Promise<void>((resolve) => (timer = setTimeout(resolve, GRACE_MS)));
  sendSignal(channel, 'TERM');
  await Promise.race([closed, graceIsOver]);
  clearTimeout(timer);
  sendSignal(channel, 'KILL');
  channel.close();
}

/**
 * The driver sends no signal once the input of the command has ended, although the protocol allows it (RFC 4254, section
 * 6.9) and every command without input is in that state: so the signal takes the way below the channel.
 */
function sendSignal(channel: ClientChannel, name: 'TERM' | 'KILL'): void {
  const { outgoing, _client } = channel as unknown as Inner;
  if (outgoing && isOpen(channel)) _client?._protocol?.signal(outgoing.id, name);
}

function isOpen(channel: ClientChannel): boolean {
  const { outgoing } = channel as unknown as Inner;
  return outgoing?.state === 'open' || outgoing?.state === 'eof';
}
