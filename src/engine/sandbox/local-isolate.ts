import ivm from 'isolated-vm';
import { RUNTIME_SOURCE } from './runtime.gen.ts';

/**
 * V8 ends the process when an allocation does not fit below this. It is far above what can be allocated within the
 * time cap by the expressions that are let in here, see `isTame` in expression/.
 */
const MEMORY_MB = 2048;
const MAX_CONTEXTS = 30;
/**
 * Contexts made before the isolate is replaced. With so much room V8 sees no reason to collect the dropped ones, which
 * take some 0.8 MB each.
 */
const MAX_OPENED = 120;
/** Lets the work that asked for a context go first. */
const SPARE_DELAY_MS = 20;

type FunctionReference = ivm.Reference<(...values: never[]) => unknown>;

/** What a context asks for while it runs; synchronous. */
export type Answer = (operation: string, values: string) => string;

/** A context of one owner in the engine's own process, for short expressions. */
export interface LocalContext {
  /** The number by which an expression is called. */
  define(source: string): number;
  evaluate(
    index: number,
    itemIndex: number,
    now: number,
    jsonText: string | undefined,
    timeoutMs: number,
  ): unknown;
  evaluateMany(
    functionsText: string,
    itemsText: string,
    now: number,
    jsonText: string | undefined,
    timeoutMs: number,
  ): string;
  setZone(timezone: string): void;
  /** Set before each call, cleared after it. */
  answer: Answer | null;
}

/** Contexts by owner in one isolate, made when first needed and dropped when least recently used. */
export class LocalIsolate {
  #isolate: ivm.Isolate | null = null;
  readonly #contexts = new Map<string, LocalContext>();
  #snapshot: ivm.ExternalCopy<ArrayBuffer> | null = null;
  /** A context that belongs to nobody yet: making one takes milliseconds. */
  #spare: LocalContext | null = null;
  #opened = 0;

  contextOf(owner: string): LocalContext {
    if (this.#isolate?.isDisposed || (this.#opened >= MAX_OPENED && !this.#contexts.has(owner)))
      this.dispose();
    let context = this.#contexts.get(owner);
    if (context) {
      this.#contexts.delete(owner);
    } else {
      context = this.#spare ?? this.#open();
      this.#spare = null;
      this.#prepareSpare();
      if (this.#contexts.size >= MAX_CONTEXTS)
        this.#contexts.delete(this.#contexts.keys().next().value as string);
    }
    this.#contexts.set(owner, context);
    return context;
  }

  /** Makes a context ahead of the first owner. Takes some tens of milliseconds of this thread. */
  prepare(): void {
    this.#spare ??= this.#open();
  }

  /** Gives all contexts up; the next call begins afresh. */
  dispose(): void {
    this.#contexts.clear();
    this.#spare = null;
    if (this.#isolate && !this.#isolate.isDisposed) this.#isolate.dispose();
    this.#isolate = null;
    this.#opened = 0;
  }

  #prepareSpare(): void {
    const isolate = this.#isolate;
    setTimeout(() => {
      if (this.#isolate === isolate && isolate && !isolate.isDisposed) this.#spare ??= this.#open();
    }, SPARE_DELAY_MS).unref();
  }

  #open(): LocalContext {
    this.#snapshot ??= ivm.Isolate.createSnapshot([{ code: RUNTIME_SOURCE, filename: 'guixu-runtime' }]);
    this.#isolate ??= new ivm.Isolate({ memoryLimit: MEMORY_MB, snapshot: this.#snapshot });
    this.#opened += 1;
    const context = this.#isolate.createContextSync();
    const nothing = new ivm.Callback(() => undefined);
    const ask = new ivm.Callback(
      (operation: string, values: string) => local.answer?.(operation, values) ?? '{}',
    );
    const boot = context.global.getSync('__guixuBoot', { reference: true }) as unknown as FunctionReference;
    const faces = boot.applySync(undefined, [ask, nothing, nothing] as never, {
      result: { reference: true },
    }) as unknown as ivm.Reference<Record<string, unknown>>;
    const face = (name: string) => faces.getSync(name, { reference: true }) as unknown as FunctionReference;
    const [define, evaluate, evaluateMany, setZone] = [
      face('define'),
      face('evaluate'),
      face('evaluateMany'),
      face('setZone'),
    ];
    let zone: string | null = null;
    const local: LocalContext = {
      answer: null,
      define: (source) => define.applySync(undefined, [source] as never) as unknown as number,
      evaluate: (index, itemIndex, now, jsonText, timeout) =>
        evaluate.applySync(undefined, [index, itemIndex, now, jsonText] as never, { timeout }),
      evaluateMany: (functionsText, itemsText, now, jsonText, timeout) =>
        evaluateMany.applySync(undefined, [functionsText, itemsText, now, jsonText] as never, {
          timeout,
        }) as unknown as string,
      setZone(timezone) {
        if (zone === timezone) return;
        setZone.applySync(undefined, [timezone] as never);
        zone = timezone;
      },
    };
    return local;
  }
}
