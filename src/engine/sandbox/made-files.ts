import { z } from 'zod';
import { BinaryReference, type Item } from '../../contract/index.ts';
import { NodeError } from '../kernel/index.ts';
import type { CodeRunOptions } from './code-runner.ts';
import type { ExpressionScope } from './scope.ts';

/** A file that the code made: its content lies in the item until it is stored. */
const MadeFile = z.looseObject({
  data: z.base64(),
  mimeType: z.string().catch('application/octet-stream'),
  fileName: z.string().optional().catch(undefined),
  fileExtension: z.string().optional().catch(undefined),
});

/** The sandbox checked the form of the items; files are checked, and new ones stored, here. */
export async function keepFiles(
  items: Item[],
  scope: ExpressionScope,
  store: CodeRunOptions['storeFile'],
): Promise<Item[]> {
  if (!items.some((item) => item.binary)) return items;
  const known = knownBlobs(scope);
  return Promise.all(
    items.map(async (item, itemIndex) => {
      if (!item.binary) return item;
      const files = Object.entries(item.binary as Record<string, unknown>).map(async ([field, value]) => {
        const passedOn = BinaryReference.safeParse(value);
        if (passedOn.success && known.has(passedOn.data.blobId)) return [field, passedOn.data] as const;
        const made = MadeFile.safeParse(value);
        if (!made.success || passedOn.success) {
          const reason = `the file "${field}" of entry ${itemIndex} is neither a file of an input item nor a new one with base64 text under "data".`;
          throw new NodeError('CODE_OUTPUT_INVALID', { reason, itemIndex });
        }
        const { data, mimeType, fileName, fileExtension } = made.data;
        const name = fileName ?? (fileExtension ? `${field}.${fileExtension}` : undefined);
        const about = name === undefined ? { mimeType } : { mimeType, fileName: name };
        return [field, await store(Buffer.from(data, 'base64'), about)] as const;
      });
      return { ...item, binary: Object.fromEntries(await Promise.all(files)) };
    }),
  );
}

/** Blob ids the code was given: one that it made up could be somebody else's file. */
function knownBlobs(scope: ExpressionScope): Set<string> {
  return new Set(scope.items.flatMap((item) => Object.values(item.binary ?? {}).map(({ blobId }) => blobId)));
}
