import { posix } from 'node:path';
import type { FileServer, RemoteEntry, RemoteFiles } from '../../../../connectors/remote-files/index.ts';

export interface Listed extends Omit<RemoteEntry, 'modifiedAt'> {
  path: string;
  modifiedAt: string | null;
}

/** What is in a folder, by name, and after each folder what is in it where `recursive` says so; `most` at most. */
export function list(
  server: FileServer,
  { path, recursive, most }: { path: string; recursive: boolean; most: number },
  signal: AbortSignal,
): Promise<Listed[]> {
  return server.use(async (files) => {
    const found: Listed[] = [];
    await collect(files, path, { found, recursive, most });
    return found;
  }, signal);
}

async function collect(
  files: RemoteFiles,
  folder: string,
  options: { found: Listed[]; recursive: boolean; most: number },
): Promise<void> {
  const { found, recursive, most } = options;
  const entries = await files.list(folder);
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const { modifiedAt, ...entry } of entries) {
    if (found.length >= most) return;
    const path = posix.join(folder, entry.name);
    found.push({
      ...entry,
      path,
      modifiedAt: modifiedAt === null ? null : new Date(modifiedAt).toISOString(),
    });
    // Links are not followed: one to a folder above would never end.
    if (recursive && entry.kind === 'folder') await collect(files, path, options);
  }
}
