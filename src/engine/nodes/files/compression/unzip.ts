import { crc32 } from 'node:zlib';
import { NodeError } from '../../../node-kit/index.ts';
import { entryName, type NameEncoding } from './entry-name.ts';

export interface ZipEntry {
  /** As the archive has it, with folders: never to be used as a path. */
  name: string;
  /** To be read before the next entry is asked for. */
  content: AsyncIterable<Uint8Array>;
}

/**
 * The files of a ZIP archive, one after the other. Throws NodeError ARCHIVE_ENCRYPTED, ARCHIVE_INVALID; errors of the
 * archive also come out of `content`.
 */
export async function* unzip(
  archive: Buffer,
  { field, nameEncoding }: { field: string; nameEncoding: NameEncoding },
): AsyncGenerator<ZipEntry> {
  const { fromBufferPromise } = await import('yauzl');
  const broken = (cause: unknown) =>
    new NodeError('ARCHIVE_INVALID', { field, reason: (cause as Error).message }, { cause });
  // Names stay bytes: the library would read those without a mark as CP437, and refuse some.
  const zip = await fromBufferPromise(archive, { decodeStrings: false }).catch((error: unknown) => {
    throw broken(error);
  });
  const entries = zip.eachEntry();
  for (;;) {
    const { value: entry, done } = await entries.next().catch((error: unknown) => {
      throw broken(error);
    });
    if (done) return;
    const name = entryName(entry, nameEncoding);
    if (/[\\/]$/.test(name)) continue;
    if (entry.isEncrypted()) throw new NodeError('ARCHIVE_ENCRYPTED', { field, file: name });
    yield { name, content: contentOf(entry, name) };
  }

  async function* contentOf(entry: Parameters<typeof zip.openReadStreamPromise>[0], name: string) {
    let checksum = 0;
    try {
      for await (const chunk of await zip.openReadStreamPromise(entry)) {
        checksum = crc32(chunk as Buffer, checksum);
        yield chunk as Buffer;
      }
    } catch (error) {
      throw broken(error);
    }
    if (checksum !== entry.crc32) throw broken(new Error(`"${name}" is damaged: its checksum is wrong`));
  }
}
