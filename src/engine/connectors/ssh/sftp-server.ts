import type { Connections } from '../../node-kit/index.ts';
import type { FileServer } from '../remote-files/remote-files.ts';
import type { Settings } from '../connector-user.ts';
import { useSsh } from './connector.ts';
import { SftpFiles } from './sftp-files.ts';

/** Files over SFTP. Channels are shared, each serves one user at a time. */
export function sftpServer(connections: Connections, settings: Settings): FileServer {
  return {
    use: (work, signal) =>
      useSsh(
        connections,
        settings,
        (connection) =>
          connection.sftp.use(({ sftp, lost }) => Promise.race([work(new SftpFiles(sftp)), lost]), signal),
        signal,
      ),
  };
}
