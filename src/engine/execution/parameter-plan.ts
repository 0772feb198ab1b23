import {
  isVisible,
  withDefaults,
  type ParameterDescription,
  type WorkflowNode,
} from '../../contract/index.ts';
import type { CompiledExpression, ExpressionEngine } from '../expression/index.ts';
import { EngineError, isEngineError, NodeError } from '../kernel/index.ts';
import { describeParameters, type NodeDefinition } from '../node-kit/index.ts';

type Path = readonly (string | number)[];

/** The parameters of one node, taken apart once: what is fixed and what has to be evaluated per item. */
export interface ParameterPlan {
  /** The values as written, defaults filled in. */
  readonly values: Readonly<Record<string, unknown>>;
  readonly paths: readonly Path[];
  readonly expressions: readonly CompiledExpression[];
}

/** Throws NodeError EXPRESSION_SYNTAX, naming the parameter. */
export function planParameters(
  node: WorkflowNode,
  definition: NodeDefinition,
  engine: Pick<ExpressionEngine, 'compile'>,
): ParameterPlan {
  const descriptions = describeParameters(definition.parameters);
  const values = withDefaults(descriptions, node.parameters);
  const paths: Path[] = [];
  const expressions: CompiledExpression[] = [];

  const compile = (text: string, path: Path): CompiledExpression => {
    try {
      return engine.compile(text.slice(1));
    } catch (error) {
      if (!isEngineError(error)) throw error;
      throw new NodeError(error.code, { ...error.facts, parameter: path.join('.') }, { cause: error });
    }
  };
  const walk = (value: unknown, path: Path, fields: readonly ParameterDescription[] | undefined): void => {
    if (isExpression(value)) {
      expressions.push(compile(value, path));
      paths.push(path);
    } else if (Array.isArray(value)) value.forEach((entry, index) => walk(entry, [...path, index], fields));
    else if (typeof value === 'object' && value !== null) {
      if (fields) walkFields(value as Record<string, unknown>, path, fields);
      else for (const [key, entry] of Object.entries(value)) walk(entry, [...path, key], undefined);
    }
  };
  const walkFields = (
    record: Record<string, unknown>,
    path: Path,
    fields: readonly ParameterDescription[],
  ) => {
    for (const field of fields) {
      // A hidden parameter may hold a stale expression: it is neither evaluated nor allowed to fail.
      if (field.expression === false || !isShown(field, record)) continue;
      const value = record[field.name];
      if (!field.deferred) walk(value, [...path, field.name], 'fields' in field ? field.fields : undefined);
      // Evaluated later, but what is no expression at all is told before the node has done anything.
      else if (isExpression(value)) compile(value, [...path, field.name]);
    }
  };
  walkFields(values, [], descriptions);
  return { values, paths, expressions };
}

/** A controlling parameter that is itself an expression is not known yet, so what it hides counts as shown. */
function isShown(field: ParameterDescription, siblings: Record<string, unknown>): boolean {
  if (!field.visibleWhen) return true;
  if (Object.keys(field.visibleWhen).some((name) => isExpression(siblings[name]))) return true;
  return isVisible(field.visibleWhen, siblings);
}

export function isExpression(value: unknown): value is string {
  return typeof value === 'string' && value.startsWith('=');
}

/** A copy of the plan's values with `results[n]` in the place of expression n. Shares what has no expression in it. */
export function fillIn(plan: ParameterPlan, results: readonly unknown[]): Record<string, unknown> {
  const root: Record<string, unknown> = { ...plan.values };
  const copied = new Set<object>([root]);
  plan.paths.forEach((path, index) => {
    let target = root as Record<string | number, unknown>;
    for (let depth = 0; depth < path.length - 1; depth++) {
      const key = path[depth] as string | number;
      let next = target[key] as Record<string | number, unknown>;
      if (typeof next !== 'object' || next === null)
        throw new EngineError('INTERNAL', { reason: 'parameter plan' });
      if (!copied.has(next)) {
        next = (Array.isArray(next) ? [...next] : { ...next }) as Record<string | number, unknown>;
        copied.add(next);
        target[key] = next;
      }
      target = next;
    }
    target[path[path.length - 1] as string | number] = results[index];
  });
  return root;
}
