import type { Attributes, FileEntryWithStats, SFTPWrapper } from 'ssh2';
import type { RemoteEntry, RemoteFiles } from '../remote-files/remote-files.ts';
import { call } from './driver-call.ts';
import { sftpFailure } from './sftp-failure.ts';
import { readAhead, writeAhead } from './sftp-content.ts';
import { withHandle } from './with-handle.ts';

const TYPE_BITS = 0o170000;
const KINDS: Readonly<Record<number, RemoteEntry['kind']>> = {
  0o100000: 'file',
  0o040000: 'folder',
  0o120000: 'link',
};

/** Files over one SFTP channel. */
export class SftpFiles implements RemoteFiles {
  readonly #sftp: SFTPWrapper;

  constructor(sftp: SFTPWrapper) {
    this.#sftp = sftp;
  }

  async list(folder: string): Promise<RemoteEntry[]> {
    const found = await this.#ask<FileEntryWithStats[]>(folder, (done) => this.#sftp.readdir(folder, done));
    return found
      .filter(({ filename }) => filename !== '.' && filename !== '..')
      .map(({ filename, attrs }) => toEntry(filename, attrs));
  }

  async entry(path: string): Promise<RemoteEntry | null> {
    const found = await this.#ask<Attributes>(path, (done) => this.#sftp.lstat(path, done)).catch(
      (error: unknown) => {
        if ((error as { code?: unknown }).code === 'FILE_NOT_FOUND') return null;
        throw error;
      },
    );
    return found && toEntry(path.replace(/\/+$/, '').split('/').at(-1) ?? path, found);
  }

  async *read(path: string): AsyncGenerator<Uint8Array> {
    const handle = await this.#ask<Buffer>(path, (done) => this.#sftp.open(path, 'r', done));
    try {
      yield* readAhead(this.#sftp, handle);
    } catch (error) {
      throw sftpFailure(error, path);
    } finally {
      await this.#ask(path, (done) => this.#sftp.close(handle, (error) => done(error, undefined)));
    }
  }

  async write(path: string, content: AsyncIterable<Uint8Array>): Promise<void> {
    await withHandle(this.#sftp, { path, mode: 'w' }, (handle) =>
      writeAhead(this.#sftp, handle, content),
    ).catch((error: unknown) => {
      throw sftpFailure(error, path);
    });
  }

  async rename(from: string, to: string): Promise<void> {
    const canReplace = await this.#renameOver(from, to);
    if (canReplace) return;
    // The protocol's own renaming does not replace: what is in the way is gone for a moment.
    if ((await this.entry(to))?.kind === 'file') await this.deleteFile(to);
    await this.#ask(from, (done) => this.#sftp.rename(from, to, (error) => done(error, undefined)));
  }

  deleteFile(path: string): Promise<void> {
    return this.#ask(path, (done) => this.#sftp.unlink(path, (error) => done(error, undefined)));
  }

  deleteFolder(path: string): Promise<void> {
    return this.#ask(path, (done) => this.#sftp.rmdir(path, (error) => done(error, undefined)));
  }

  makeFolder(path: string): Promise<void> {
    return this.#ask(path, (done) => this.#sftp.mkdir(path, (error) => done(error, undefined)));
  }

  /** As OpenSSH can do it, in one step. False where the server cannot. */
  async #renameOver(from: string, to: string): Promise<boolean> {
    let isKnown = true;
    await this.#ask<void>(from, (done) => {
      try {
        this.#sftp.ext_openssh_rename(from, to, (error) => done(error, undefined));
      } catch {
        // The driver does not send what the server did not announce.
        isKnown = false;
        done(null, undefined);
      }
    });
    return isKnown;
  }

  #ask<T>(path: string, start: Parameters<typeof call<T>>[0]): Promise<T> {
    return call<T>(start).catch((error: unknown) => {
      throw sftpFailure(error, path);
    });
  }
}

function toEntry(name: string, { mode, size, mtime }: Attributes): RemoteEntry {
  return { name, kind: KINDS[mode & TYPE_BITS] ?? 'other', size, modifiedAt: mtime * 1000 };
}
