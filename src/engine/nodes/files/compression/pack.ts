import type { BinaryReference, Item } from '../../../../contract/index.ts';
import { baseName, type BinaryStore } from '../../../node-kit/index.ts';
import { gzip } from './gzip.ts';
import { zip } from './zip.ts';

/** A file of an item, and the field it is in. */
export interface FieldFile {
  field: string;
  file: BinaryReference;
}

export interface PackRules {
  format: 'zip' | 'gzip';
  /** Empty for a name after the content. */
  fileName: string;
  outputField: string;
  modifiedAt: number;
}

/** One archive of all files, or with `gzip` one for each: their fields are numbered when there are several. */
export async function pack(
  files: readonly FieldFile[],
  rules: PackRules,
  { binary, signal }: { binary: BinaryStore; signal: AbortSignal },
): Promise<NonNullable<Item['binary']>> {
  const { outputField, fileName, modifiedAt } = rules;
  if (rules.format === 'zip') {
    const named = files.map((file) => ({ name: nameOf(file), content: read(file) }));
    const about = { mimeType: 'application/zip', fileName: fileName || 'archive.zip' };
    return { [outputField]: await binary.write(zip(named, modifiedAt), about) };
  }
  const results: NonNullable<Item['binary']> = {};
  const isOnly = files.length === 1;
  for (const [at, file] of files.entries()) {
    const own = `${nameOf(file)}.gz`;
    const about = { mimeType: 'application/gzip', fileName: isOnly ? fileName || own : own };
    results[isOnly ? outputField : `${outputField}${at}`] = await binary.write(gzip(read(file)), about);
  }
  return results;

  async function* read({ file }: FieldFile): AsyncGenerator<Uint8Array> {
    for await (const chunk of binary.stream(file)) {
      signal.throwIfAborted();
      yield chunk;
    }
  }
}

export function nameOf({ file, field }: FieldFile): string {
  return baseName(file.fileName ?? field);
}
