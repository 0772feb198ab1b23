import type ivm from 'isolated-vm';
import type { RunMessage } from '../protocol.ts';

type Ivm = typeof ivm;
type FunctionReference = ivm.Reference<(...values: never[]) => unknown>;

export interface SlotCalls {
  ask(operation: string, values: string): Promise<string>;
  log(level: string, text: string): void;
}

/** One isolate with one context. It serves one owner for life and one run at a time. */
export class Slot {
  readonly memoryMb: number;
  owner: string | null = null;
  /** Where questions and log lines of the present run go. */
  calls: SlotCalls | null = null;
  readonly #isolate: ivm.Isolate;
  readonly #functions: Map<string, FunctionReference>;
  readonly #expressions = new Map<string, number>();
  #timezone: string | null = null;

  constructor(library: Ivm, snapshot: ivm.ExternalCopy<ArrayBuffer>, memoryMb: number) {
    this.memoryMb = memoryMb;
    // A catastrophic error leaves the process in no state to go on; the parent starts another one.
    this.#isolate = new library.Isolate({
      memoryLimit: memoryMb,
      snapshot,
      onCatastrophicError: () => process.abort(),
    });
    const context = this.#isolate.createContextSync();
    const ask = new library.Reference((operation: string, values: string) =>
      this.calls
        ? this.calls.ask(operation, values)
        : Promise.resolve('{"e":{"code":"EXPRESSION_FAILED","reason":"The run is over."}}'),
    );
    const log = new library.Callback((level: string, text: string) => this.calls?.log(level, text), {
      ignored: true,
    });
    const sleep = new library.Reference(
      (delayMs: number) => new Promise<void>((resolve) => setTimeout(resolve, delayMs).unref()),
    );
    const boot = context.global.getSync('__guixuBoot', { reference: true }) as unknown as FunctionReference;
    const faces = boot.applySync(undefined, [ask, log, sleep] as never, {
      result: { reference: true },
    }) as unknown as ivm.Reference<Record<string, unknown>>;
    this.#functions = new Map(
      ['setZone', 'define', 'evaluateMany', 'runCode'].map((name) => [
        name,
        faces.getSync(name, { reference: true }) as unknown as FunctionReference,
      ]),
    );
  }

  get isDisposed(): boolean {
    return this.#isolate.isDisposed;
  }

  dispose(): void {
    if (!this.#isolate.isDisposed) this.#isolate.dispose();
  }

  async run({ job, timeoutMs, timezone, now }: RunMessage): Promise<string> {
    if (this.#timezone !== timezone) {
      this.#sync('setZone', timezone);
      this.#timezone = timezone;
    }
    const timeout = { timeout: timeoutMs };
    if (job.kind === 'code') {
      return (await this.#reference('runCode').apply(
        undefined,
        [job.source, job.mode, job.itemsText, now, job.keepsGoing, job.staticText] as never,
        {
          ...timeout,
          result: { promise: true },
        },
      )) as string;
    }
    const indexes = job.sources.map((source) => this.#indexOf(source));
    return (await this.#reference('evaluateMany').apply(
      undefined,
      [JSON.stringify(indexes), job.itemsText, now, job.jsonText] as never,
      timeout,
    )) as string;
  }

  #indexOf(source: string): number {
    const known = this.#expressions.get(source);
    if (known !== undefined) return known;
    const index = this.#sync('define', source) as number;
    this.#expressions.set(source, index);
    return index;
  }

  #reference(name: string): FunctionReference {
    return this.#functions.get(name) as FunctionReference;
  }

  #sync(name: string, value: unknown): unknown {
    return this.#reference(name).applySync(undefined, [value] as never, { timeout: 1000 });
  }
}
