import { fakeScope } from '../../src/engine/expression/fake-scope.ts';
import type {
  ExpressionEngine,
  ExpressionResult,
  ExpressionScope,
} from '../../src/engine/expression/index.ts';
import { isEngineError } from '../../src/engine/kernel/index.ts';
import type { ExpressionCase, ProxyCase } from './cases.ts';
import { sameFailure, sameValue } from './compare.ts';
import { show } from './result.ts';

/** Null when the expression gives what is expected, otherwise what it gave. */
export async function checkExpression(engine: ExpressionEngine, one: ExpressionCase): Promise<string | null> {
  const scope = fakeScope({
    owner: 'corpus',
    items: one.input.map((json) => ({ json })),
    timezone: one.timezone,
    now: one.clock === undefined || one.clock === null ? Date.now() : new Date(one.clock).getTime(),
  });
  return checkResult(one, await evaluate(engine, one.expression, scope, 0));
}

export async function evaluate(
  engine: ExpressionEngine,
  expression: string,
  scope: ExpressionScope,
  itemIndex: number,
): Promise<ExpressionResult> {
  try {
    const compiled = engine.compile(expression.slice(1));
    const [[result] = []] = await engine.evaluate([compiled], scope, [itemIndex]);
    return result as ExpressionResult;
  } catch (error) {
    if (isEngineError(error)) return { error: { code: 'EXPRESSION_FAILED', reason: error.message } };
    throw error;
  }
}

export function checkResult(one: ExpressionCase | ProxyCase, result: ExpressionResult): string | null {
  const passes = one.error
    ? 'error' in result && sameFailure(result.error.reason, one.error)
    : 'value' in result && sameValue(result.value, one.expected);
  return passes
    ? null
    : `${one.expression}: expected ${show(one.error ?? one.expected)}, got ${show(result)}`;
}
