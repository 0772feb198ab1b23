import type { BinaryReference, Item } from '../../../../contract/index.ts';
import { baseName, mimeTypeOf, NodeError, type BinaryStore } from '../../../node-kit/index.ts';
import type { NameEncoding } from './entry-name.ts';
import { gunzip } from './gzip.ts';
import { nameOf, type FieldFile } from './pack.ts';
import { UnpackBudget, type UnpackLimits } from './unpack-budget.ts';
import { unzip } from './unzip.ts';

export interface UnpackRules extends UnpackLimits {
  /** Files go into fields of this name and a number from 0. */
  outputPrefix: string;
  nameEncoding: NameEncoding;
}

/** The files in the archives. Names of entries become names of files, without folders, and never paths. */
export async function unpack(
  archives: readonly FieldFile[],
  rules: UnpackRules,
  { binary, signal }: { binary: BinaryStore; signal: AbortSignal },
): Promise<NonNullable<Item['binary']>> {
  const budget = new UnpackBudget(rules, signal);
  const results: NonNullable<Item['binary']> = {};
  let count = 0;
  for (const archive of archives) {
    const { file, field } = archive;
    const format = await formatOf(file, binary);
    if (format === undefined)
      throw new NodeError('ARCHIVE_INVALID', { field, reason: 'it is neither a ZIP nor a GZIP file' });
    if (format === 'gzip') {
      await keep(nameOf(archive).replace(/\.gz(ip)?$/i, ''), gunzip(binary.stream(file), field));
      continue;
    }
    const options = { field, nameEncoding: rules.nameEncoding };
    for await (const { name, content } of unzip(await binary.read(file), options)) await keep(name, content);

    async function keep(name: string, content: AsyncIterable<Uint8Array>): Promise<void> {
      budget.addFile(field);
      const fileName = baseName(name);
      const about = { mimeType: mimeTypeOf(fileName), fileName };
      results[`${rules.outputPrefix}${count++}`] = await binary.write(budget.count(content, field), about);
    }
  }
  return results;
}

/** By what it begins with: a file's name and type are what somebody said about it. */
async function formatOf(file: BinaryReference, binary: BinaryStore): Promise<'zip' | 'gzip' | undefined> {
  let start = Buffer.alloc(0);
  for await (const chunk of binary.stream(file)) {
    start = Buffer.concat([start, chunk]);
    if (start.length >= 4) break;
  }
  if (start[0] === 0x1f && start[1] === 0x8b) return 'gzip';
  // An archive without entries begins with its end.
  return ['PK\u0003\u0004', 'PK\u0005\u0006'].includes(start.toString('latin1', 0, 4)) ? 'zip' : undefined;
}
