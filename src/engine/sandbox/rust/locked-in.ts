import { existsSync, lstatSync, readlinkSync } from 'node:fs';
import type { Toolchain } from './toolchain.ts';

/** What the compiler sees as the folder it works in. */
export const INSIDE = '/work';

const SYSTEM_FOLDERS = ['/lib', '/lib32', '/lib64', '/bin'];
/** 4 GB of addresses, files of 64 MB (in blocks of 512 bytes). */
const LIMITS = 'ulimit -v 4194304 -f 131072';

/**
 * The command line that runs the compiler in an OS sandbox: it sees the system's programs and libraries, its own folder
 * and `folder` (as {@link INSIDE}); no home, no settings, no environment, no network, no other process.
 */
export function lockedIn(
  { bwrap, rustc, sysroot }: Toolchain,
  folder: string,
  args: readonly string[],
): { program: string; args: string[] } {
  const walls = [
    ...['--unshare-all', '--die-with-parent', '--new-session', '--clearenv', '--setenv', 'PATH', '/usr/bin'],
    ...['--ro-bind', '/usr', '/usr', '--tmpfs', '/usr/local', '--tmpfs', '/usr/src'],
    ...SYSTEM_FOLDERS.flatMap(asOutside),
    ...['--ro-bind-try', '/etc/ld.so.cache', '/etc/ld.so.cache'],
    ...(sysroot.startsWith('/usr/') || sysroot === '/usr' ? [] : ['--ro-bind', sysroot, sysroot]),
    ...['--proc', '/proc', '--dev', '/dev', '--tmpfs', '/tmp', '--setenv', 'TMPDIR', '/tmp'],
    ...['--bind', folder, INSIDE, '--chdir', INSIDE],
  ];
  return {
    program: '/bin/sh',
    args: ['-c', `${LIMITS}; exec "$0" "$@"`, bwrap, ...walls, rustc, ...args],
  };
}

/** Links into /usr on most systems, folders on older ones. */
function asOutside(path: string): string[] {
  if (!existsSync(path)) return [];
  return lstatSync(path).isSymbolicLink()
    ? ['--symlink', readlinkSync(path), path]
    : ['--ro-bind', path, path];
}
