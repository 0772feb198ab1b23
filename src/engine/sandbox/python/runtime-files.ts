import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { NodeError } from '../../kernel/index.ts';

/** What Python is made of. */
export interface RuntimeFiles {
  /** Source of an ES module with `loadPyodide`. */
  loader: string;
  /** Source of an ES module with what the loader starts. */
  machine: string;
  wasm: Uint8Array;
  /** Python's standard library, a ZIP archive. */
  library: Uint8Array;
  /** Versions, without the packages that could be loaded. */
  lockFile: string;
}

export const PYTHON_PACKAGE = 'pyodide@314.0.7';

/** Throws NodeError PYTHON_MISSING when the package, which is optional, is not installed. */
export function readRuntimeFiles(): RuntimeFiles {
  const require = createRequire(import.meta.url);
  let folder: string;
  try {
    folder = dirname(require.resolve('pyodide/pyodide.asm.wasm'));
  } catch (cause) {
    throw new NodeError('PYTHON_MISSING', { package: PYTHON_PACKAGE }, { cause });
  }
  const text = (name: string) => readFileSync(join(folder, name), 'utf8');
  const lock = JSON.parse(text('pyodide-lock.json')) as Record<string, unknown>;
  return {
    loader: text('pyodide.mjs'),
    // The isolate has no `import.meta`; nothing is found by it.
    machine: text('pyodide.asm.mjs').replaceAll('import.meta.url', '"file:///pyodide.asm.mjs"'),
    wasm: readFileSync(join(folder, 'pyodide.asm.wasm')),
    library: readFileSync(join(folder, 'python_stdlib.zip')),
    lockFile: JSON.stringify({ ...lock, packages: {} }),
  };
}
