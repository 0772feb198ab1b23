export { useSsh, type SshConnection } from './connector.ts';
export { runCommand, type RemoteResult } from './run-command.ts';
export { sftpServer } from './sftp-server.ts';
