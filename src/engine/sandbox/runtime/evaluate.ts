import { Call, type HostCall } from './call.ts';
import { BatchEncoder, encodeOne } from './encode.ts';
import { makeScope } from './scope.ts';

type ExpressionFunction = (scope: object) => unknown;

/** Sees to it that `this` in an expression is nothing of ours. */
const RECEIVER = Object.freeze({});

/** Evaluates expressions whose functions were defined before, for one item or for many. */
export function createEvaluator(host: HostCall) {
  const functions: ExpressionFunction[] = [];
  const compile = globalThis.eval as (source: string) => ExpressionFunction;
  const run = (index: number, scope: object) => () =>
    Reflect.apply(functions[index] as ExpressionFunction, RECEIVER, [scope]);
  return {
    /** Gives the number by which the expression is called. */
    define: (source: string) => functions.push(compile(source)) - 1,
    evaluate: (index: number, itemIndex: number, now: number, jsonText: string | undefined) =>
      encodeOne(
        run(
          index,
          makeScope(
            new Call(host, now),
            itemIndex,
            jsonText === undefined ? undefined : JSON.parse(jsonText),
          ),
        ),
      ),
    evaluateMany(
      functionsText: string,
      itemsText: string,
      now: number,
      jsonText: string | undefined,
    ): string {
      const indexes = JSON.parse(functionsText) as number[];
      const items = JSON.parse(itemsText) as number[];
      const jsons = jsonText === undefined ? undefined : (JSON.parse(jsonText) as unknown[]);
      const call = new Call(host, now, { batch: items });
      const encoder = new BatchEncoder(indexes.length);
      for (let at = 0; at < items.length; at++) {
        const scope = makeScope(call, items[at] as number, jsons?.[at]);
        for (let index = 0; index < indexes.length; index++)
          encoder.add(index, at, run(indexes[index] as number, scope));
      }
      return encoder.finish();
    },
  };
}
