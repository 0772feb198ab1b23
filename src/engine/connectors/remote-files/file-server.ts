import type { Connections, RevealedCredential } from '../../node-kit/index.ts';
import { ftpServer } from '../ftp/index.ts';
import { sftpServer } from '../ssh/index.ts';
import type { FileServer } from './remote-files.ts';

/** The files of the server that a credential of type `ssh` or `ftp` names. */
export function fileServer(connections: Connections, { type, data }: RevealedCredential): FileServer {
  return type === 'ssh' ? sftpServer(connections, data) : ftpServer(connections, data);
}
