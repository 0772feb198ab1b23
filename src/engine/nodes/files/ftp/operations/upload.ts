import { posix } from 'node:path';
import type { BinaryReference } from '../../../../../contract/index.ts';
import type { FileServer } from '../../../../connectors/remote-files/index.ts';
import { baseName, type BinaryStore } from '../../../../node-kit/index.ts';
import { prepareTarget, type TargetSettings } from './target.ts';

/** What is left of an upload that failed is looked after for so long. */
const CLEAN_UP_MS = 3000;

/**
 * Sends a file under another name beside its path and renames it once it is whole, so that nobody on the server meets half
 * of it. A path that ends in `/` is the folder for the file's own name. Gives the path.
 */
export async function upload(
  server: FileServer,
  file: BinaryReference,
  settings: TargetSettings & { path: string },
  { binary, signal, key }: { binary: BinaryStore; signal: AbortSignal; key: string },
): Promise<string> {
  const path = settings.path.endsWith('/')
    ? posix.join(settings.path, baseName(file.fileName ?? 'file'))
    : settings.path;
  // The same at the next attempt, which then writes over what is left of this one.
  const partial = posix.join(posix.dirname(path), `.${key.slice(0, 32)}.part`);
  await server.use((files) => prepareTarget(files, path, settings), signal);
  try {
    await server.use(async (files) => {
      await files.write(partial, binary.stream(file));
      await files.rename(partial, path);
    }, signal);
  } catch (error) {
    // The way on which it failed may be closed, so another one is asked for. Why it failed matters more.
    await server
      .use((files) => files.deleteFile(partial), AbortSignal.timeout(CLEAN_UP_MS))
      .catch(() => undefined);
    throw error;
  }
  return path;
}
