import { describeBinary, lookUp, type ExpressionScope } from '../sandbox/index.ts';
import type { StaticPath } from './static-path.ts';
import type { ExpressionResult } from './types.ts';

/** The value at a static path, found on this side of the wall: own properties only, so nothing inherited is reachable. */
export function resolvePath(
  { root, keys }: StaticPath,
  scope: ExpressionScope,
  itemIndex: number,
): ExpressionResult {
  switch (root.kind) {
    case 'constant':
      return { value: root.value };
    case 'item-index':
      return { value: itemIndex };
    case 'run-index':
      return { value: scope.runIndex };
    case 'json':
      return { value: walk(scope.items[itemIndex]?.json, keys) };
    case 'binary':
      return { value: walk(describeBinary(scope.items[itemIndex]?.binary ?? {}), keys) };
    case 'node':
      return found(lookUp(scope, 'items', [root.name, itemIndex]), keys);
    case 'related':
      return found(
        root.which === 'item'
          ? lookUp(scope, 'paired', [root.name, itemIndex])
          : lookUp(scope, 'items', [root.name, root.which]),
        keys,
      );
  }
}

function found(result: { value: unknown } | { reason: string }, keys: readonly string[]): ExpressionResult {
  if ('reason' in result) return { error: { code: 'EXPRESSION_REFERENCE', reason: result.reason } };
  return { value: walk(result.value, keys) };
}

function walk(from: unknown, keys: readonly string[]): unknown {
  let value = from;
  for (const key of keys) {
    if (value === null || value === undefined) return undefined;
    // Texts have own properties, too: their length and their characters.
    if (!Object.hasOwn(value as object, key)) return undefined;
    value = (value as Record<string, unknown>)[key];
  }
  return value;
}
