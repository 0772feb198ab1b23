import { once } from 'node:events';
import { posix } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { TLSSocket } from 'node:tls';
import { FTPError, type Client, type FileInfo } from 'basic-ftp';
import { NodeError } from '../../node-kit/index.ts';
import type { RemoteEntry, RemoteFiles } from '../remote-files/remote-files.ts';
import { serverWords } from './failure.ts';

/** Files over one FTP connection. Listing changes its folder, so every path is made absolute. */
export class FtpFiles implements RemoteFiles {
  readonly #client: Client;
  readonly #home: string;

  constructor(client: Client, home: string) {
    this.#client = client;
    this.#home = home;
  }

  async list(folder: string): Promise<RemoteEntry[]> {
    const path = this.#absolute(folder);
    // Servers list nothing, without a word, where there is no such folder, and read some names as options.
    await this.#about(folder, path, this.#client.cd(path));
    const found = await this.#about(folder, path, this.#client.list());
    return found.map(toEntry).filter(({ name }) => name !== '.' && name !== '..');
  }

  async entry(path: string): Promise<RemoteEntry | null> {
    const whole = this.#absolute(path);
    const name = posix.basename(whole);
    if (name === '') return { name: '/', kind: 'folder', size: 0, modifiedAt: null };
    const siblings = await this.list(posix.dirname(whole)).catch((error: unknown) => {
      if ((error as { code?: unknown }).code === 'FILE_NOT_FOUND') return [];
      throw error;
    });
    return siblings.find((one) => one.name === name) ?? null;
  }

  async *read(path: string): AsyncGenerator<Uint8Array> {
    const whole = this.#absolute(path);
    const content = new PassThrough();
    const done = this.#about(path, whole, this.#client.downloadTo(content, whole));
    done.catch((error: unknown) => content.destroy(error as Error));
    let isWhole = false;
    try {
      yield* content as AsyncIterable<Uint8Array>;
      // All bytes can be here before the server says that they are all.
      await done;
      isWhole = true;
    } finally {
      // What the server still says about it would be taken for the answer to the next command.
      if (!isWhole) this.#client.close();
    }
  }

  async write(path: string, content: AsyncIterable<Uint8Array>): Promise<void> {
    const whole = this.#absolute(path);
    const source = Readable.from(this.#whenSecure(content), { objectMode: false });
    let failure: Error | undefined;
    source.on('error', (error) => (failure ??= error));
    const writing = this.#client.uploadFrom(source, whole).catch((error: unknown) => {
      // As above.
      if (failure) this.#client.close();
      throw failure ?? error;
    });
    await this.#about(path, posix.dirname(whole), writing);
  }

  async rename(from: string, to: string): Promise<void> {
    const [source, target] = [this.#absolute(from), this.#absolute(to)];
    const renaming = this.#client.rename(source, target).catch(async (error: unknown) => {
      // Some servers do not replace: what is in the way is gone for a moment.
      const isInTheWay = error instanceof FTPError && (await this.entry(target))?.kind === 'file';
      if (!isInTheWay || !(await this.entry(source))) throw error;
      await this.#client.remove(target);
      await this.#client.rename(source, target);
    });
    await this.#about(from, source, renaming);
  }

  async deleteFile(path: string): Promise<void> {
    const whole = this.#absolute(path);
    await this.#about(path, whole, this.#client.remove(whole));
  }

  async deleteFolder(path: string): Promise<void> {
    const whole = this.#absolute(path);
    await this.#about(path, whole, this.#client.removeEmptyDir(whole));
  }

  async makeFolder(path: string): Promise<void> {
    const whole = this.#absolute(path);
    await this.#about(path, posix.dirname(whole), this.#client.send(`MKD ${whole}`));
  }

  /**
   * The driver takes a TLS session that is resumed for one that is established already. The end of an empty file would come
   * before the handshake then, which servers take for an attack.
   */
  async *#whenSecure(content: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    const socket = this.#client.ftp.dataSocket;
    if (socket instanceof TLSSocket && socket.getPeerFinished() === undefined)
      await once(socket, 'secureConnect');
    yield* content;
  }

  #absolute(path: string): string {
    return posix.resolve(this.#home, path);
  }

  /** One code of the protocol stands for all that can be wrong with a file, so `needed` is looked for. */
  async #about<T>(path: string, needed: string, work: Promise<T>): Promise<T> {
    try {
      return await work;
    } catch (error) {
      if (!(error instanceof FTPError) || error.code === 421) throw error;
      if ([450, 550, 553].includes(error.code) && !(await this.#isThere(needed)))
        throw new NodeError('FILE_NOT_FOUND', { path }, { cause: error });
      throw new NodeError('FILE_FAILED', { path, reason: serverWords(error) }, { cause: error });
    }
  }

  /** True also where nobody may look. */
  async #isThere(path: string): Promise<boolean> {
    if (path === '/') return true;
    try {
      await this.#client.cd(posix.dirname(path));
      const name = posix.basename(path);
      return (await this.#client.list()).some((one) => one.name === name);
    } catch (error) {
      if (!(error instanceof FTPError)) throw error;
      return await this.#isThere(posix.dirname(path));
    }
  }
}

function toEntry(info: FileInfo): RemoteEntry {
  return {
    name: info.name,
    kind: kindOf(info),
    size: info.size,
    modifiedAt: info.modifiedAt?.getTime() ?? null,
  };
}

function kindOf({ isFile, isDirectory, isSymbolicLink }: FileInfo): RemoteEntry['kind'] {
  if (isFile) return 'file';
  if (isDirectory) return 'folder';
  return isSymbolicLink ? 'link' : 'other';
}
