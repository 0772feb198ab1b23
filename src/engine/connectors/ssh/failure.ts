import { isEngineError, messageOf, NodeError } from '../../node-kit/index.ts';
import { connectionFailure } from '../connection-failure.ts';

const DEFAULT_PORT = 22;

/** The server of a credential, as failures name it. */
export function sshServer({ host = '', port }: Readonly<Record<string, string>>) {
  const number = Number(port) || DEFAULT_PORT;
  return { service: 'SSH', host, port: number, at: `${host}:${number}` };
}

/** A failure of the driver or the server as a NodeError that names the cause. */
export function sshFailure(error: unknown, settings: Readonly<Record<string, string>>): Error {
  if (isEngineError(error)) return error;
  const server = sshServer(settings);
  const { host, port } = server;
  const known = connectionFailure(error, { service: server.service, host, port });
  if (known) return known;
  const message = messageOf(error);
  // The driver says in which part of a connection it was.
  const level = (error as { level?: unknown } | null)?.level;
  if (level === 'client-authentication' || level === 'agent')
    return new NodeError('LOGIN_REFUSED', { ...server, reason: loginReason(message) }, { cause: error });
  if (level === 'client-timeout' || /timed? ?out/i.test(message))
    return new NodeError('CONNECTION_TIMEOUT', server, { cause: error });
  if (
    /connection (?:lost|closed|ended)|not connected|no response from server|channel closed|before handshake/i.test(
      message,
    )
  )
    return new NodeError('CONNECTION_LOST', server, { cause: error });
  return new NodeError('SERVICE_REFUSED', { service: server.service, reason: message }, { cause: error });
}

function loginReason(message: string): string {
  return message === 'All configured authentication methods failed'
    ? 'it takes none of what the credential offers'
    : message;
}
