import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { compileSnippet, type SnippetBuild } from './compile-snippet.ts';
import { CRATE_SOURCE } from './crate-source.ts';
import { JSON_SOURCE } from './json-source.ts';
import { findToolchain, type ProgramPlaces, type Toolchain } from './toolchain.ts';

/** Makes WebAssembly of snippets in Rust, with the compiler of this computer. */
export interface RustCompiler {
  /** From the cache where it can be. Throws NodeError RUST_MISSING, RUST_SANDBOX_MISSING, RUST_INVALID. */
  compile(build: SnippetBuild, signal: AbortSignal): Promise<Buffer>;
}

/** `folder` holds what was compiled, by a hash of all that went into it. */
export function createRustCompiler({
  places,
  folder,
}: {
  places: ProgramPlaces;
  folder: string;
}): RustCompiler {
  let toolchain: Toolchain | null = null;
  const underWay = new Map<string, Promise<Buffer>>();

  return {
    async compile(build, signal) {
      signal.throwIfAborted();
      // Looked for again until there is one: installing it needs no new start.
      toolchain ??= await findToolchain(places);
      const key = keyOf(toolchain, build);
      const file = join(folder, `${key}.wasm`);
      const made = await readFile(file).catch(() => null);
      if (made) return made;
      const other = underWay.get(key);
      if (other) return other.catch(() => this.compile(build, signal));
      const compiling = compileAndKeep(toolchain, build, file, signal);
      underWay.set(key, compiling);
      try {
        return await compiling;
      } finally {
        underWay.delete(key);
      }
    },
  };

  async function compileAndKeep(tools: Toolchain, build: SnippetBuild, file: string, signal: AbortSignal) {
    const wasm = await compileSnippet(tools, build, folder, signal);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    // Another process may read it at any time: it is there as a whole or not at all.
    await writeFile(`${file}.${process.pid}`, wasm, { mode: 0o600 });
    await rename(`${file}.${process.pid}`, file);
    return wasm;
  }
}

function keyOf({ version, linker }: Toolchain, { code, memoryMb }: SnippetBuild): string {
  return createHash('sha256')
    .update(JSON.stringify([version, linker, JSON_SOURCE, CRATE_SOURCE, code, memoryMb]))
    .digest('hex');
}
