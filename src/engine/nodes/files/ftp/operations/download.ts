import type { BinaryReference } from '../../../../../contract/index.ts';
import type { FileServer } from '../../../../connectors/remote-files/index.ts';
import { baseName, mimeTypeOf, type BinaryStore } from '../../../../node-kit/index.ts';

/** Stores a file of the server as it comes. */
export function download(
  server: FileServer,
  path: string,
  { binary, signal }: { binary: BinaryStore; signal: AbortSignal },
): Promise<BinaryReference> {
  const fileName = baseName(path);
  return server.use(
    (files) => binary.write(files.read(path), { mimeType: mimeTypeOf(fileName), fileName }),
    signal,
  );
}
