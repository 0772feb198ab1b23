import { Call, type HostCall, type ItemData } from './call.ts';
import { makeCodeScope, type CodeHost, type StaticData } from './code-scope.ts';
import { normalizeAll, normalizeEach, type OutputItem } from './code-output.ts';
import { MAX_OUTPUT_CHARACTERS, TOO_LARGE } from './encode.ts';
import { problemOf, reasonOf } from './problem.ts';

type CodeFunction = (scope: object) => () => Promise<unknown>;

/** Lines of the wrapper before the user's first line. */
const WRAPPER_LINES = 1;
/** How many compiled codes a context keeps; it serves one version of one workflow, so few are enough. */
const MAX_FUNCTIONS = 50;

/**
 * Runs the code of code nodes; each run gives `j` and items as JSON, `s` and items with static data as JSON, or `e` and a
 * failure as JSON.
 */
export function createCodeRunner(host: HostCall, codeHost: CodeHost) {
  const functions = new Map<string, CodeFunction>();
  const compile = globalThis.eval as (source: string) => CodeFunction;

  function functionOf(source: string): CodeFunction {
    let found = functions.get(source);
    if (!found) {
      if (functions.size >= MAX_FUNCTIONS) functions.clear();
      found = compile(source);
      functions.set(source, found);
    }
    return found;
  }

  return async (
    source: string,
    mode: string,
    itemsText: string,
    now: number,
    keepsGoing: boolean,
    staticText: string | null,
  ): Promise<string> => {
    const staticData = staticText === null ? null : (JSON.parse(staticText) as StaticData);
    const { setNames, end } = makeCodeScope(codeHost, staticData);
    try {
      const items = JSON.parse(itemsText) as ItemData[];
      const call = new Call(host, now, { items });
      const output: Array<OutputItem | FailedItem> = [];
      if (mode === 'all-items') {
        output.push(...normalizeAll(await functionOf(source)(setNames(call, 0, items[0]))(), items));
      } else {
        for (let index = 0; index < items.length; index++) {
          const run = async () =>
            normalizeEach(await functionOf(source)(setNames(call, index, items[index]))(), index);
          const item = keepsGoing ? await run().catch(failedItem(index)) : await run();
          if (item) output.push(item);
        }
      }
      const text = staticData ? `s${JSON.stringify({ output, staticData })}` : `j${JSON.stringify(output)}`;
      return text.length > MAX_OUTPUT_CHARACTERS ? `e${JSON.stringify(TOO_LARGE)}` : text;
    } catch (error) {
      return `e${JSON.stringify(failureOf(error))}`;
    } finally {
      end();
    }
  };
}

interface Failure {
  code: string;
  reason: string;
  line?: number | undefined;
  itemIndex?: number | undefined;
}
/** Stands where an item would, when the others are to go on. */
interface FailedItem {
  failure: Failure;
  itemIndex: number;
}

function failureOf(error: unknown): Failure {
  const known = problemOf(error);
  return {
    code: known?.code ?? 'CODE_FAILED',
    reason: reasonOf(error).slice(0, 10_000),
    line: lineOf(error),
    itemIndex: known?.itemIndex,
  };
}

const failedItem =
  (itemIndex: number) =>
  (error: unknown): FailedItem => ({ failure: failureOf(error), itemIndex });

/** The line of the user's code that an error was made at, from 1. */
function lineOf(error: unknown): number | undefined {
  try {
    const stack =
      typeof error === 'object' && error !== null ? (error as { stack?: unknown }).stack : undefined;
    const found = typeof stack === 'string' ? /guixu-code:(\d+):\d+/.exec(stack) : null;
    return found ? Number(found[1]) - WRAPPER_LINES : undefined;
  } catch {
    return undefined;
  }
}
