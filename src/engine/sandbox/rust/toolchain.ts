import { execFile } from 'node:child_process';
import { constants, existsSync, readdirSync } from 'node:fs';
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { NodeError } from '../../kernel/index.ts';

/** Where programs are looked for; the home is where rustup keeps its compilers. */
export interface ProgramPlaces {
  readonly folders: readonly string[];
  readonly home: string;
}

export interface Toolchain {
  /** Absolute path of the compiler itself, not of a program that chooses one. */
  rustc: string;
  /** The folder with all that the compiler loads. */
  sysroot: string;
  /** The linker, where the compiler does not bring one. */
  linker: string | null;
  /** Absolute path of bubblewrap. */
  bwrap: string;
  /** Versions, so that what another compiler made is not used. */
  version: string;
}

export const RUST_TARGET = 'wasm32-unknown-unknown';

const run = promisify(execFile);
const ANSWER_MS = 20_000;

/**
 * The first compiler that can make WebAssembly, and the program to lock it in. Throws NodeError RUST_MISSING,
 * RUST_SANDBOX_MISSING.
 */
export async function findToolchain({ folders, home }: ProgramPlaces): Promise<Toolchain> {
  if (process.platform !== 'linux') throw new NodeError('RUST_SANDBOX_MISSING', { reason: process.platform });
  const bwrap = await find('bwrap', folders);
  if (!bwrap) throw new NodeError('RUST_SANDBOX_MISSING', { reason: 'bwrap' });
  const env = { PATH: folders.join(':'), HOME: home };
  for (const folder of folders) {
    const candidate = join(folder, 'rustc');
    if (!(await isProgram(candidate))) continue;
    const sysroot = await said(candidate, ['--print', 'sysroot'], env);
    if (!sysroot || !existsSync(join(sysroot, 'lib/rustlib', RUST_TARGET, 'lib'))) continue;
    const rustc = join(sysroot, 'bin/rustc');
    const version = await said(rustc, ['-vV'], env);
    const linker = bringsLinker(sysroot) ? null : await find('wasm-ld', folders);
    if (version && (linker || bringsLinker(sysroot))) return { rustc, sysroot, linker, bwrap, version };
  }
  throw new NodeError('RUST_MISSING');
}

function bringsLinker(sysroot: string): boolean {
  const hosts = join(sysroot, 'lib/rustlib');
  return readdirSync(hosts).some((host) => existsSync(join(hosts, host, 'bin/rust-lld')));
}

async function find(name: string, folders: readonly string[]): Promise<string | null> {
  for (const folder of folders) if (await isProgram(join(folder, name))) return join(folder, name);
  return null;
}

function isProgram(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}

/** What a program prints, undefined when it fails. */
async function said(program: string, args: string[], env: NodeJS.ProcessEnv): Promise<string | undefined> {
  const answer = await run(program, args, { env, timeout: ANSWER_MS }).catch(() => undefined);
  return answer?.stdout.trim() || undefined;
}
