import { FTPError } from 'basic-ftp';
import { isEngineError, messageOf, NodeError } from '../../node-kit/index.ts';
import { connectionFailure } from '../connection-failure.ts';

/** The server of a credential, as failures name it. */
export function ftpAddress({ host = '', port, tls, tlsStart }: Readonly<Record<string, string>>) {
  const isImplicit = tls !== 'off' && tlsStart === 'implicit';
  const number = Number(port) || (isImplicit ? 990 : 21);
  return { service: 'FTP', host, port: number, at: `${host}:${number}` };
}

/** A failure of the driver or the server as a NodeError that names the cause. */
export function ftpFailure(error: unknown, settings: Readonly<Record<string, string>>): Error {
  if (isEngineError(error)) return error;
  const server = ftpAddress(settings);
  const { service, host, port } = server;
  const reason = messageOf(error);
  if (error instanceof FTPError)
    return new NodeError('SERVICE_REFUSED', { service, reason: serverWords(error) }, { cause: error });
  const known = connectionFailure(error, { service, host, port });
  if (known) return known;
  if (/timeout|timed out/i.test(reason)) return new NodeError('CONNECTION_TIMEOUT', server, { cause: error });
  if (/closed|FIN packet|socket|hang up/i.test(reason))
    return new NodeError('CONNECTION_LOST', server, { cause: error });
  return new NodeError('SERVICE_REFUSED', { service, reason }, { cause: error });
}

/** What the server answered, with its code. */
export function serverWords(error: unknown): string {
  return messageOf(error).trim();
}
