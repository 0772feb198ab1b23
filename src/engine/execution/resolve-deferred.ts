import type { ExpressionEngine, ExpressionScope } from '../expression/index.ts';
import { isExpression } from './parameter-plan.ts';
import { valueOf } from './parameter-reader.ts';

/** The values of texts, by their parameters: expressions are evaluated for one item, in one go. */
export async function resolveDeferred<K extends string>(
  engine: ExpressionEngine,
  about: {
    written: Readonly<Record<K, string>>;
    scope: ExpressionScope;
    itemIndex: number;
    signal: AbortSignal;
  },
): Promise<Record<K, unknown>> {
  const { written, scope, itemIndex, signal } = about;
  const values: Record<K, unknown> = { ...written };
  const names = (Object.keys(written) as K[]).filter((name) => isExpression(written[name]));
  const expressions = names.map((name) => engine.compile(written[name].slice(1)));
  const results = await engine.evaluate(expressions, scope, [itemIndex], signal);
  names.forEach((name, index) => {
    values[name] = valueOf(results[index]?.[0], name, itemIndex);
  });
  return values;
}
