import type { ExpressionEngine, ExpressionResult, ExpressionScope } from '../expression/index.ts';
import { NodeError } from '../kernel/index.ts';
import {
  parseParameters,
  type NodeDefinition,
  type ParameterMap,
  type ParametersOf,
} from '../node-kit/index.ts';
import { fillIn, type ParameterPlan } from './parameter-plan.ts';

export type ParameterReader = (itemIndex?: number) => ParametersOf<ParameterMap>;

/**
 * Evaluates a node's expressions for all its items in one go and gives a reader of the resolved parameters. An
 * expression that failed for one item throws when that item is read, so that the others go on.
 */
export function readParameters(options: {
  plan: ParameterPlan;
  definition: NodeDefinition;
  engine: ExpressionEngine;
  scope: ExpressionScope;
  itemCount: number;
  signal: AbortSignal;
}): ParameterReader | Promise<ParameterReader> {
  const { plan, definition, engine, scope, itemCount, signal } = options;
  if (plan.expressions.length === 0) {
    const parsed = lazily(() => parseParameters(definition.parameters, plan.values));
    return () => parsed();
  }
  // A node without items still reads its parameters once, with nothing in $json.
  const indexes = Array.from({ length: Math.max(itemCount, 1) }, (_, index) => index);
  const results = engine.evaluate(plan.expressions, scope, indexes, signal);
  return results instanceof Promise
    ? results.then((settled) => readerOf(plan, definition, settled))
    : readerOf(plan, definition, results);
}

function readerOf(
  plan: ParameterPlan,
  definition: NodeDefinition,
  results: ExpressionResult[][],
): ParameterReader {
  const parsed: Array<ParametersOf<ParameterMap> | undefined> = [];
  return (itemIndex = 0) =>
    (parsed[itemIndex] ??= parseParameters(
      definition.parameters,
      fillIn(
        plan,
        results.map((perItem, expression) =>
          valueOf(perItem[itemIndex], plan.paths[expression]?.join('.'), itemIndex),
        ),
      ),
    ));
}

/** The value that an expression gave for an item; throws what it failed with. */
export function valueOf(
  result: ExpressionResult | undefined,
  parameter: string | undefined,
  itemIndex: number,
): unknown {
  if (!result) return undefined;
  if ('value' in result) return result.value;
  const { code, ...facts } = result.error;
  throw new NodeError(code, { ...facts, parameter, itemIndex });
}

function lazily<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
