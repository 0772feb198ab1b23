import {
  ERROR_PORT,
  resolvePorts,
  type Connection,
  type NodeTypeDescription,
  type ParameterDescription,
  type ResolvedPort,
  type WorkflowNode,
} from '../../../contract/index.ts';

/** A port as the canvas draws it. `missing` ports are only there because a connection still names them. */
export interface CanvasPort extends ResolvedPort {
  missing?: boolean;
}

export interface NodePorts {
  inputs: CanvasPort[];
  outputs: CanvasPort[];
}

/** The parameters with the defaults of their descriptions filled in where a value is absent. */
export function withDefaults(
  descriptions: readonly ParameterDescription[],
  parameters: Record<string, unknown>,
): Record<string, unknown> {
  const filled = { ...parameters };
  for (const { name, default: value } of descriptions) {
    if (filled[name] === undefined && value !== undefined) filled[name] = value;
  }
  return filled;
}

/** The ports a node shows: those of its type with its parameters, its error output, and those connections still use. */
export function nodePorts(
  node: WorkflowNode,
  type: NodeTypeDescription | undefined,
  connections: readonly Connection[] = [],
): NodePorts {
  const parameters = withDefaults(type?.parameters ?? [], node.parameters);
  const inputs: CanvasPort[] = resolvePorts(type?.inputs ?? [], parameters);
  const outputs: CanvasPort[] = resolvePorts(type?.outputs ?? [], parameters);
  if (node.onError === 'error-output') {
    outputs.push({
      kind: 'main',
      index: outputs.filter((port) => port.kind === 'main').length,
      name: ERROR_PORT,
    });
  }
  for (const { from, to } of connections) {
    if (from.node === node.id) addMissing(outputs, from.port, from.index);
    if (to.node === node.id) addMissing(inputs, to.port, to.index);
  }
  return { inputs, outputs };
}

function addMissing(ports: CanvasPort[], kind: CanvasPort['kind'], index: number): void {
  if (ports.some((port) => port.kind === kind && port.index === index)) return;
  ports.push({ kind, index, name: `${kind} ${index}`, missing: true });
}
