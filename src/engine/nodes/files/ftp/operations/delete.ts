import { posix } from 'node:path';
import type { RemoteFiles } from '../../../../connectors/remote-files/index.ts';
import { NodeError } from '../../../../node-kit/index.ts';

/**
 * Deletes a file, a link, or a folder: an empty one, or with all that is in it. False when there is none. Throws
 * PARAMETER_INVALID for the root of the server.
 */
export async function deletePath(
  files: RemoteFiles,
  { path, recursive, failIfMissing }: { path: string; recursive: boolean; failIfMissing: boolean },
): Promise<boolean> {
  // A path that an expression left empty must not take everything with it.
  if (/^[./]+$/.test(posix.normalize(path)))
    throw new NodeError('PARAMETER_INVALID', {
      field: 'path',
      parameter: 'path',
      reason: 'it stands for the whole server or the folder it begins in',
    });
  const found = await files.entry(path);
  if (!found && failIfMissing) throw new NodeError('FILE_NOT_FOUND', { path });
  if (!found) return false;
  if (found.kind !== 'folder') await files.deleteFile(path);
  else if (recursive) await deleteTree(files, path);
  else await files.deleteFolder(path);
  return true;
}

async function deleteTree(files: RemoteFiles, folder: string): Promise<void> {
  for (const { name, kind } of await files.list(folder)) {
    const path = posix.join(folder, name);
    if (kind === 'folder') await deleteTree(files, path);
    else await files.deleteFile(path);
  }
  await files.deleteFolder(folder);
}
