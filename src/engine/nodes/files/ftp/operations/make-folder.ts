import { posix } from 'node:path';
import type { RemoteFiles } from '../../../../connectors/remote-files/index.ts';
import { NodeError } from '../../../../node-kit/index.ts';

/** Makes a folder and those above it where they are not there. Throws FILE_FAILED where a file is in the way. */
export async function makeFolder(files: RemoteFiles, path: string): Promise<void> {
  const folder = posix.normalize(path).replace(/(?<=.)\/$/, '');
  if (folder === '/' || folder === '.' || folder === '..') return;
  const found = await files.entry(folder);
  if (found?.kind === 'file')
    throw new NodeError('FILE_FAILED', { path: folder, reason: 'a file of this name is in the way' });
  if (found) return;
  await makeFolder(files, posix.dirname(folder));
  await files.makeFolder(folder).catch(async (error: unknown) => {
    // Somebody else made it at the same time.
    if ((await files.entry(folder))?.kind !== 'folder') throw error;
  });
}
