import type { ExpressionScope, Sandbox } from '../sandbox/index.ts';
import { textOf } from '../sandbox/index.ts';
import { compileText, type Compiled } from './compile.ts';
import { evaluateLocally, TimeCapHit } from './evaluate-locally.ts';
import { evaluateRemotely } from './evaluate-remotely.ts';
import { resolvePath } from './resolve-path.ts';
import type { CompiledExpression, ExpressionEngine, ExpressionResult } from './types.ts';

const MAX_TEXTS = 5000;
const MAX_SLOW_OWNERS = 1000;
/** One more than one: a cold start on a busy machine can hit the cap, too. */
const MAX_STRIKES = 2;

/** The engine for `{{ }}` texts. The sandbox stays the caller's to dispose. */
export function createExpressionEngine({ sandbox }: { sandbox: Sandbox }): ExpressionEngine {
  const texts = new Map<string, Compiled>();
  /** How often owners hit the time cap. At the limit they are not let into this process again. */
  const strikes = new Map<string, number>();

  function compile(text: string): Compiled {
    const known = texts.get(text);
    if (known) return known;
    const compiled = compileText(text);
    if (texts.size >= MAX_TEXTS) texts.delete(texts.keys().next().value as string);
    texts.set(text, compiled);
    return compiled;
  }

  return {
    compile,
    evaluate(expressions, scope, itemIndexes, signal) {
      signal?.throwIfAborted();
      const results: ExpressionResult[][] = [];
      const local: number[] = [];
      const remote: number[] = [];
      expressions.forEach((expression, index) => {
        const compiled = asCompiled(expression, compile);
        if (compiled.kind !== 'program')
          results[index] = itemIndexes.map((itemIndex) => resolve(compiled, scope, itemIndex));
        else if (compiled.program.isTame && (strikes.get(scope.owner) ?? 0) < MAX_STRIKES) local.push(index);
        else remote.push(index);
      });
      const programs = (indexes: number[]) =>
        indexes.map((index) => {
          const compiled = asCompiled(expressions[index] as CompiledExpression, compile);
          if (compiled.kind !== 'program') throw new Error('Only programs are run in isolates');
          return compiled.program;
        });
      const put = (indexes: number[], answers: ExpressionResult[][]) =>
        indexes.forEach((index, at) => {
          results[index] = answers[at] as ExpressionResult[];
        });
      if (itemIndexes.length === 0) return expressions.map(() => []);
      if (local.length > 0) {
        try {
          put(local, evaluateLocally(sandbox, programs(local), scope, itemIndexes));
        } catch (error) {
          if (!(error instanceof TimeCapHit)) throw error;
          if (strikes.size >= MAX_SLOW_OWNERS) strikes.clear();
          strikes.set(scope.owner, (strikes.get(scope.owner) ?? 0) + 1);
          remote.push(...local);
        }
      }
      if (remote.length === 0) return results;
      return evaluateRemotely(sandbox, programs(remote), scope, itemIndexes, signal).then((answers) => {
        put(remote, answers);
        return results;
      });
    },
  };
}

/** Expressions come from this engine's `compile`; one made by another engine is compiled again. */
function asCompiled(expression: CompiledExpression, compile: (text: string) => Compiled): Compiled {
  return 'kind' in expression ? (expression as Compiled) : compile(expression.source);
}

function resolve(
  compiled: Exclude<Compiled, { kind: 'program' }>,
  scope: ExpressionScope,
  itemIndex: number,
): ExpressionResult {
  if (compiled.kind === 'path') return resolvePath(compiled.path, scope, itemIndex);
  let text = '';
  for (const piece of compiled.pieces) {
    if (typeof piece === 'string') {
      text += piece;
      continue;
    }
    const result = resolvePath(piece, scope, itemIndex);
    if ('error' in result) return result;
    text += textOf(result.value);
  }
  return { value: text };
}
