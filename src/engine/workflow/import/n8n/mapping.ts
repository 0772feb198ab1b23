import type { ImportCode } from '../../../../contract/index.ts';
import { isExpression, type ParameterSource } from './parameter-source.ts';

/** An n8n node on its way to ours. */
export interface SourceNode {
  readonly name: string;
  /** n8n's type without its package, as `set`. */
  readonly type: string;
  /** n8n's type version: defaults and meanings differ between them. */
  readonly version: number;
  readonly parameters: ParameterSource;
  readonly webhookId: string | undefined;
  /** How many outputs have connections, counted to the last one. */
  readonly connectedOutputs: number;
  /** How many main inputs have connections, counted to the last one. */
  readonly connectedInputs: number;
  /** Adds to the report. `parameter` is a path as n8n names it. */
  note(kind: 'approximated' | 'unsupported' | 'to-do', code: ImportCode, facts?: Facts): void;
  /** The choice that stands for n8n's; what has none, and every expression, is reported and gives `fallback`. */
  choose<T>(name: string, options: Readonly<Record<string, T>>, fallback: T, source?: ParameterSource): T;
}

type Facts = Record<string, unknown> & { parameter?: string };

export interface MappedNode {
  type: string;
  /** 1 when absent. */
  typeVersion?: number;
  parameters: Record<string, unknown>;
  /** Credential slot of our node → n8n credential type that goes there. */
  credentials?: Readonly<Record<string, string>>;
  /** Where ports are in another order: n8n's index → ours. Indexes beyond the list stay. */
  outputs?: readonly number[];
  inputs?: readonly number[];
  alwaysOutput?: boolean;
  executeOnce?: boolean;
}

/** How one or several n8n node types become ours. Pure: a mapping only reads and describes. */
export interface NodeMapping {
  /** Types without the package for `n8n-nodes-base`, in full for others. */
  readonly from: readonly string[];
  /** Null when this version or operation has no counterpart: the node becomes a placeholder. */
  map(source: SourceNode): MappedNode | null;
}

export function chooseOption<T>(
  source: ParameterSource,
  name: string,
  options: Readonly<Record<string, T>>,
  fallback: T,
): { choice: T; rejected?: unknown } {
  const value = source.take(name);
  if (value === undefined || value === '') return { choice: fallback };
  const key = String(value);
  if (!isExpression(value) && Object.hasOwn(options, key)) return { choice: options[key] as T };
  return { choice: fallback, rejected: value };
}
