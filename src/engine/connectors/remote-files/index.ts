export { fileServer } from './file-server.ts';
export type { FileServer, RemoteEntry, RemoteFiles } from './remote-files.ts';
