import { createHash } from 'node:crypto';
import { createReadStream, rmSync, statSync } from 'node:fs';
import { access, mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { BinaryReference } from '../../../contract/index.ts';
import { createId, EngineError } from '../../kernel/index.ts';
import type { BlobStore } from '../types.ts';

/** Keeps bytes in files named by their SHA-256 below `folder`: `ab/cdef…`. */
export function createFileBlobStore(folder: string): BlobStore {
  const pathOf = ({ blobId }: BinaryReference) => {
    // References come out of items, which code nodes may have written: nothing but a hash becomes a path.
    if (!/^[0-9a-f]{64}$/.test(blobId)) throw new EngineError('NOT_FOUND', { path: blobId });
    return join(folder, blobId.slice(0, 2), blobId.slice(2));
  };

  /** Files that are being put in place: a sweep must not take them for the old ones that they replace. */
  const arriving = new Map<string, number>();

  const receive: BlobStore['receive'] = async (content, about) => {
    const incoming = join(folder, 'incoming');
    await mkdir(incoming, { recursive: true, mode: 0o700 });
    const temporary = join(incoming, createId());
    const discard = () => rm(temporary, { force: true });
    const digest = createHash('sha256');
    let size = 0;
    try {
      const file = await open(temporary, 'wx', 0o600);
      try {
        for await (const chunk of content instanceof Uint8Array ? [content] : content) {
          digest.update(chunk);
          size += chunk.byteLength;
          await file.writeFile(chunk);
        }
      } finally {
        await file.close();
      }
    } catch (error) {
      await discard();
      throw error;
    }
    const sha256 = digest.digest('hex');
    const reference: BinaryReference = { blobId: sha256, ...about, size, sha256 };
    return {
      reference,
      async keep() {
        const path = pathOf(reference);
        await mkdir(dirname(path), { recursive: true, mode: 0o700 });
        arriving.set(sha256, (arriving.get(sha256) ?? 0) + 1);
        try {
          // Whole under its final name or not there at all; the same content replaces itself.
          await rename(temporary, path);
        } finally {
          const others = (arriving.get(sha256) ?? 1) - 1;
          if (others > 0) arriving.set(sha256, others);
          else arriving.delete(sha256);
        }
      },
      discard,
    };
  };

  return {
    receive,

    async write(content, about) {
      const received = await receive(content, about);
      try {
        await received.keep();
      } catch (error) {
        await received.discard();
        throw error;
      }
      return received.reference;
    },

    async read(reference) {
      try {
        return await readFile(pathOf(reference));
      } catch (cause) {
        throw missing(reference, cause);
      }
    },

    async *stream(reference) {
      try {
        yield* createReadStream(pathOf(reference)) as AsyncIterable<Uint8Array>;
      } catch (cause) {
        throw missing(reference, cause);
      }
    },

    async *list() {
      for (const group of await entriesOf(folder)) {
        if (!/^[0-9a-f]{2}$/.test(group)) continue;
        const names = await entriesOf(join(folder, group));
        const found = await Promise.all(
          names.map(async (name) => {
            // Gone in the meantime: not there.
            const about = await stat(join(folder, group, name)).catch(() => null);
            return about && { blobId: group + name, size: about.size, writtenAt: about.mtimeMs };
          }),
        );
        yield found.filter((blob) => blob !== null);
      }
    },

    async remove(blobId, before) {
      if (arriving.has(blobId)) return false;
      const path = pathOf({ blobId, mimeType: '', size: 0, sha256: blobId });
      // In one go: nothing of this process can write the file between the look and the removal.
      const about = statSync(path, { throwIfNoEntry: false });
      if (!about || about.mtimeMs >= before) return false;
      rmSync(path, { force: true });
      return true;
    },

    async has(reference) {
      try {
        await access(pathOf(reference));
        return true;
      } catch {
        return false;
      }
    },
  };
}

async function entriesOf(folder: string): Promise<string[]> {
  return readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return [];
    throw error;
  });
}

function missing(reference: BinaryReference, cause: unknown): unknown {
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? cause.code : undefined;
  return code === 'ENOENT'
    ? new EngineError('NOT_FOUND', { path: reference.fileName ?? reference.blobId }, { cause })
    : cause;
}
