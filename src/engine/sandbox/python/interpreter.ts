import { randomBytes } from 'node:crypto';
import type ivm from 'isolated-vm';
import { limitWasmMemory } from './limit-wasm-memory.ts';
import { PRELUDE } from './prelude.ts';
import type { RuntimeFiles } from './runtime-files.ts';
import { SHELL } from './shell.ts';

type Ivm = typeof ivm;
type FunctionReference = ivm.Reference<(...values: never[]) => unknown>;

/** Of JavaScript heap; what Python itself holds is in the memory of WebAssembly. */
const HEAP_MB = 256;
const START_MS = 60_000;

/** Python after its start, to begin from: the contents of its memory. */
export type Snapshot = ivm.ExternalCopy<ArrayBuffer>;

/** One Python in an isolate of its own, which nothing of the host is reachable from. */
export class Interpreter {
  readonly #isolate: ivm.Isolate;
  readonly #context: ivm.Context;

  private constructor(isolate: ivm.Isolate, context: ivm.Context) {
    this.#isolate = isolate;
    this.#context = context;
  }

  /** From the beginning this takes seconds, from a snapshot half of one. */
  static async start(
    library: Ivm,
    files: RuntimeFiles,
    { memoryMb, snapshot }: { memoryMb: number; snapshot: Snapshot | null },
  ): Promise<Interpreter> {
    const isolate = new library.Isolate({
      memoryLimit: HEAP_MB,
      // There is no way to go on; the engine starts another process.
      onCatastrophicError: () => process.abort(),
    });
    const context = await isolate.createContext();
    const copyOf = (bytes: Uint8Array) =>
      new library.ExternalCopy(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
    const host = {
      wasm: copyOf(limitWasmMemory(files.wasm, memoryMb)).copyInto({ release: true }),
      library: copyOf(files.library).copyInto({ release: true }),
      now: new library.Callback(() => performance.now()),
      random: new library.Callback((count: number) => randomBytes(count).toString('base64')),
    };
    const names = Object.keys(host) as Array<keyof typeof host>;
    await context.evalClosure(
      `(${SHELL})({ ${names.map((name, index) => `${name}: $${index}`).join(', ')} })`,
      names.map((name) => host[name]),
    );
    const load = async (source: string, filename: string) => {
      const module = await isolate.compileModule(source, { filename });
      await module.instantiate(context, () => {
        throw new Error('There are no modules.');
      });
      await module.evaluate({ timeout: START_MS });
      return module.namespace;
    };
    const machine = await load(files.machine, 'file:///pyodide.asm.mjs');
    const loader = await load(files.loader, 'file:///pyodide.mjs');
    const create = machine.getSync('default', { reference: true }) as FunctionReference;
    const start = loader.getSync('loadPyodide', { reference: true }) as FunctionReference;
    await context.evalClosure(
      `return $0({
        indexURL: '/',
        createPyodideModule: $1,
        lockFileContents: $2,
        // What Python's module "js" would show of the host.
        jsglobals: Object.create(null),
        stdin: () => null,
        stdout: () => undefined,
        stderr: () => undefined,
        ...($3 === null ? { _makeSnapshot: true } : { _loadSnapshot: $3 }),
      }).then((python) => {
        globalThis.python = python;
        if ($3 === null) python.runPython($4);
        globalThis.run = python.globals.get('_guixu_run');
      })`,
      [start.derefInto(), create.derefInto(), files.lockFile, snapshot?.copyInto() ?? null, PRELUDE],
      { timeout: START_MS, result: { promise: true } },
    );
    return new Interpreter(isolate, context);
  }

  /** The memory as it is now. Only an interpreter that began without one can give it, once and before any run. */
  async snapshot(library: Ivm): Promise<Snapshot> {
    const bytes = (await this.#context.evalClosure('run.destroy(); return python.makeMemorySnapshot()', [], {
      result: { copy: true },
    })) as Uint8Array;
    return new library.ExternalCopy(
      bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer,
    );
  }

  /** What the prelude answers, as JSON. Throws Error when Python as a whole gave up, or the time is over. */
  async run(request: string, timeoutMs: number): Promise<string> {
    return (await this.#context.evalClosure('return run($0)', [request], {
      timeout: timeoutMs,
      result: { copy: true },
    })) as string;
  }

  dispose(): void {
    if (!this.#isolate.isDisposed) this.#isolate.dispose();
  }
}
