import { join } from 'node:path';
import { findScript, type Clock } from '../../kernel/index.ts';
import { createTaskRunner, type TaskRunner } from '../../tasks/index.ts';
import { createRustCompiler, type RustCompiler } from './rust-compiler.ts';
import type { ProgramPlaces } from './toolchain.ts';

/** What it takes to run Rust. Nothing of it is looked for or started before the first snippet. */
export interface Rust {
  compiler: RustCompiler;
  /** Runs `wasm-host.ts`. */
  machines: TaskRunner;
}

/** `folder` is for what was compiled. */
export function createRust(options: { clock: Clock; places: ProgramPlaces; folder: string }): Rust {
  return {
    compiler: createRustCompiler(options),
    machines: createTaskRunner({
      ...findScript(join(import.meta.dirname, 'wasm-host.ts')),
      ...{ clock: options.clock, most: 2, memoryMb: 2560, idleMs: 60_000 },
    }),
  };
}
