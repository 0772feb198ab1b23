import { problemOf, reasonOf } from './problem.ts';

/** Characters of one answer. */
export const MAX_OUTPUT_CHARACTERS = 64 * 1024 * 1024;

export interface Failure {
  code: string;
  reason: string;
  limitMb?: number;
}

/** Marks a value of a batch that JSON cannot carry: `[expression, item, kind, failure?]`. */
type Special = [number, number, 'undefined' | 'NaN' | 'Infinity' | '-Infinity' | '-0' | 'error', Failure?];

export const TOO_LARGE: Failure = {
  code: 'SANDBOX_OUTPUT_TOO_LARGE',
  reason: 'The result is larger than 64 MB.',
  limitMb: 64,
};

/**
 * What an expression that threw gives: undefined for a method called on a missing value (n8n's rule, which templates
 * rely on), a failure for everything else.
 */
export function failureOf(error: unknown): Failure | undefined {
  const known = problemOf(error);
  if (known) return { code: known.code, reason: reasonOf(error) };
  if (error instanceof TypeError) return undefined;
  return { code: 'EXPRESSION_FAILED', reason: reasonOf(error) };
}

function plain(value: unknown): unknown {
  if (typeof value === 'function' || typeof value === 'symbol') return undefined;
  return typeof value === 'bigint' ? String(value) : value;
}

const bigIntAsText = (_key: string, value: unknown) => (typeof value === 'bigint' ? String(value) : value);

function toJson(value: unknown): string | undefined {
  try {
    return JSON.stringify(value) as string | undefined;
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return JSON.stringify(value, bigIntAsText) as string | undefined;
  }
}

/** One value: primitives as they are, and texts that begin with s (text), j (JSON) or e (failure as JSON). */
export function encodeOne(run: () => unknown): unknown {
  try {
    const value = plain(run());
    const text =
      typeof value === 'string'
        ? `s${value}`
        : typeof value === 'object' && value !== null
          ? toJson(value)
          : null;
    if (text === null) return value;
    if (text === undefined) return undefined;
    if (text.length > MAX_OUTPUT_CHARACTERS) return `e${JSON.stringify(TOO_LARGE)}`;
    return typeof value === 'string' ? text : `j${text}`;
  } catch (error) {
    const failure = failureOf(error);
    return failure && `e${JSON.stringify(failure)}`;
  }
}

/** Collects `values[expression][item]` and writes them as one JSON text. */
export class BatchEncoder {
  readonly #values: unknown[][] = [];
  readonly #special: Special[] = [];

  constructor(expressions: number) {
    for (let index = 0; index < expressions; index++) this.#values.push([]);
  }

  add(expression: number, item: number, run: () => unknown): void {
    const values = this.#values[expression] as unknown[];
    try {
      const value = plain(run());
      values.push(value);
      if (value === undefined) this.#special.push([expression, item, 'undefined']);
      else if (typeof value === 'number') {
        if (Object.is(value, -0)) this.#special.push([expression, item, '-0']);
        else if (!Number.isFinite(value)) this.#special.push([expression, item, String(value) as 'NaN']);
      }
    } catch (error) {
      values.push(null);
      this.#fail(expression, item, error);
    }
  }

  #fail(expression: number, item: number, error: unknown): void {
    const failure = failureOf(error);
    this.#special.push(failure ? [expression, item, 'error', failure] : [expression, item, 'undefined']);
  }

  finish(): string {
    const text = `{"v":${this.#valuesText()},"s":${JSON.stringify(this.#special)}}`;
    if (text.length <= MAX_OUTPUT_CHARACTERS) return text;
    return `{"e":${JSON.stringify(TOO_LARGE)}}`;
  }

  #valuesText(): string {
    try {
      return JSON.stringify(this.#values);
    } catch {
      // One value cannot be written (a cycle, a throwing getter): find it, and keep the others.
      const lists = this.#values.map((values, expression) => {
        const texts = values.map((value, item) => {
          try {
            return toJson(value) ?? 'null';
          } catch (error) {
            this.#special.push([
              expression,
              item,
              'error',
              failureOf(error) ?? { code: 'EXPRESSION_FAILED', reason: reasonOf(error) },
            ]);
            return 'null';
          }
        });
        return `[${texts.join(',')}]`;
      });
      return `[${lists.join(',')}]`;
    }
  }
}
