import { Bytes } from './bytes.ts';
import type { Call, ItemData } from './call.ts';
import { makeScope } from './scope.ts';

export interface CodeHost {
  log(level: string, text: string): void;
  /** Resolves after that many milliseconds. */
  sleep(delayMs: number): Promise<void>;
}

/** What a workflow and this node of it keep from one execution to the next; the code changes it in place. */
export interface StaticData {
  global: object;
  node: object;
}

const MAX_LINES = 1000;
const MAX_LINE_CHARACTERS = 10_000;

/** Names of one run of a code. After `end` nothing that the run left behind is called any more. */
export function makeCodeScope(host: CodeHost, staticData: StaticData | null) {
  let isRunning = true;
  const timers = new Set<number>();
  let lastTimer = 0;
  const getStaticData = (kind: unknown): object => {
    if (kind !== 'global' && kind !== 'node')
      throw new TypeError(`Static data is of the kind "global" or "node", not ${String(kind)}.`);
    return staticData?.[kind] ?? {};
  };
  const extras = {
    $getWorkflowStaticData: getStaticData,
    getWorkflowStaticData: getStaticData,
    Buffer: Bytes,
    console: makeConsole((level, text) => {
      if (isRunning) host.log(level, text);
    }),
    setTimeout(callback: unknown, delayMs: unknown = 0, ...values: unknown[]): number {
      if (typeof callback !== 'function') throw new TypeError('setTimeout takes a function.');
      const timer = ++lastTimer;
      timers.add(timer);
      void host.sleep(Math.max(0, Number(delayMs) || 0)).then(() => {
        if (isRunning && timers.delete(timer)) Reflect.apply(callback, undefined, values);
      });
      return timer;
    },
    clearTimeout(timer: unknown): void {
      timers.delete(timer as number);
    },
  };
  return {
    setNames(call: Call, itemIndex: number, item: ItemData | undefined): object {
      const scope = makeScope(call, itemIndex, item?.json ?? {});
      for (const [name, value] of Object.entries(extras)) Object.defineProperty(scope, name, { value });
      return scope;
    },
    end() {
      isRunning = false;
      timers.clear();
    },
  };
}

function makeConsole(write: (level: string, text: string) => void): object {
  let lines = 0;
  const writer =
    (level: string) =>
    (...values: unknown[]): void => {
      lines += 1;
      if (lines > MAX_LINES + 1) return;
      if (lines === MAX_LINES + 1) {
        write('warn', `Further output is left out after ${MAX_LINES} lines.`);
        return;
      }
      const text = values.map(describe).join(' ');
      write(level, text.length > MAX_LINE_CHARACTERS ? `${text.slice(0, MAX_LINE_CHARACTERS)}…` : text);
    };
  return {
    log: writer('info'),
    info: writer('info'),
    warn: writer('warn'),
    error: writer('error'),
    debug: writer('debug'),
  };
}

function describe(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value instanceof Error) return `${value.name}: ${value.message}`;
  if (typeof value === 'function') return '[function]';
  if (typeof value !== 'object' || value === null) return String(value);
  try {
    return JSON.stringify(value) ?? '';
  } catch {
    return '[object that cannot be shown]';
  }
}
