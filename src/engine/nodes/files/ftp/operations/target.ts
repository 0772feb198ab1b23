import { posix } from 'node:path';
import type { RemoteFiles } from '../../../../connectors/remote-files/index.ts';
import { NodeError } from '../../../../node-kit/index.ts';
import { makeFolder } from './make-folder.ts';

export interface TargetSettings {
  ifThere: 'replace' | 'fail';
  /** Also makes the folders that the path needs. */
  makeFolders: boolean;
}

/** Makes sure that something may be put at the path. Throws FILE_FAILED. */
export async function prepareTarget(
  files: RemoteFiles,
  path: string,
  { ifThere, makeFolders }: TargetSettings,
): Promise<void> {
  if (makeFolders) await makeFolder(files, posix.dirname(path));
  if (ifThere === 'fail' && (await files.entry(path)))
    throw new NodeError('FILE_FAILED', { path, reason: 'it is there already' });
}
