import type { ParameterDescription, PortDescription, VisibleWhen } from './schemas/node-type.ts';
import type { PortKind } from './schemas/workflow.ts';

/** One concrete port of a node in a workflow. `label` is a user's own name for it, where there is one. */
export interface ResolvedPort {
  kind: PortKind;
  /** Counts the ports of this kind on this side of the node, from 0. */
  index: number;
  name: string;
  label?: string;
}

/** The name of the extra output that nodes with `onError: "error-output"` have after their others. */
export const ERROR_PORT = 'error';

/** The ports a node has with these parameters, in order. Used alike by the canvas and the engine. */
export function resolvePorts(
  descriptions: readonly PortDescription[],
  parameters: Record<string, unknown>,
): ResolvedPort[] {
  const counts = new Map<PortKind, number>();
  const ports: ResolvedPort[] = [];
  const add = (kind: PortKind, name: string, label?: string) => {
    const index = counts.get(kind) ?? 0;
    counts.set(kind, index + 1);
    ports.push(label ? { kind, index, name, label } : { kind, index, name });
  };
  for (const { kind, name, repeat, visibleWhen } of descriptions) {
    if (!isVisible(visibleWhen, parameters)) continue;
    if (!repeat) {
      add(kind, name);
      continue;
    }
    for (const label of repeatedLabels(valueAt(parameters, repeat.parameter), repeat.label))
      add(kind, name, label);
  }
  return ports;
}

/** `ports.inputs.main` within nested plain objects. */
function valueAt(parameters: Record<string, unknown>, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (value, key) =>
        typeof value === 'object' && value !== null && Object.hasOwn(value, key)
          ? (value as Record<string, unknown>)[key]
          : undefined,
      parameters,
    );
}

function repeatedLabels(value: unknown, labelField: string | undefined): Array<string | undefined> {
  if (Array.isArray(value)) {
    return value.map((row: Record<string, unknown> | string) => {
      if (typeof row === 'string') return row;
      const label = labelField ? row?.[labelField] : undefined;
      return typeof label === 'string' && label !== '' ? label : undefined;
    });
  }
  const count = Math.min(Math.max(Math.trunc(Number(value)) || 0, 0), 100);
  return Array.from({ length: count }, () => undefined);
}

/** Whether something with this condition is shown, given the parameters beside it. */
export function isVisible(condition: VisibleWhen | undefined, parameters: Record<string, unknown>): boolean {
  if (!condition) return true;
  return Object.entries(condition).every(([name, allowed]) => allowed.includes(parameters[name] as never));
}

/** The values a node starts from: its own, and the defaults of those it does not set (top level only). */
export function withDefaults(
  descriptions: readonly ParameterDescription[],
  values: Record<string, unknown>,
): Record<string, unknown> {
  const filled: Record<string, unknown> = { ...values };
  for (const { name, default: fallback } of descriptions) {
    if (filled[name] === undefined && fallback !== undefined) filled[name] = fallback;
  }
  return filled;
}
