import { dirname, extname } from 'node:path';
import type { BinaryReference, Item } from '../../../../contract/index.ts';
import { baseName, mimeTypeOf, type BinaryStore, type LocalFiles } from '../../../node-kit/index.ts';
import { stoppable } from './stoppable.ts';

/** Stores a file of the disk, and says what there is to say about it. */
export function readFile(
  found: string,
  given: { fileName?: string; mimeType?: string },
  context: { files: LocalFiles; binary: BinaryStore; signal: AbortSignal },
): Promise<{ facts: Item['json']; file: BinaryReference }> {
  return context.files.read(found, async ({ path, size, modifiedAt, content }) => {
    const fileName = given.fileName || baseName(path);
    const mimeType = given.mimeType || mimeTypeOf(fileName);
    const file = await context.binary.write(stoppable(content, context.signal), { mimeType, fileName });
    const facts = {
      path,
      directory: dirname(path),
      fileName,
      fileExtension: extname(fileName).slice(1),
      mimeType,
      fileSize: size,
      modifiedAt: new Date(modifiedAt).toISOString(),
    };
    return { facts, file };
  });
}
