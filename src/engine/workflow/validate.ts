import {
  describeError,
  isVisible,
  resolvePorts,
  withDefaults,
  ERROR_PORT,
  type ErrorCode,
  type NodeTypeDescription,
  type ResolvedPort,
  type WorkflowDocument,
  type WorkflowNode,
  type WorkflowProblem,
} from '../../contract/index.ts';
import { cyclesWithoutLoop } from './cycles.ts';
import { findSecrets } from './secret-detection.ts';
import { checkParameters, type ExpressionCheck } from './validate-parameters.ts';

/** What validation has to know about a node type. */
export interface KnownNodeType {
  description: NodeTypeDescription;
  /** A cycle through it is meant to be there. */
  loop?: boolean;
}

export interface ValidationOptions {
  /** Gives false for a chosen credential that is not there any more. */
  credentialExists?(id: string): boolean;
  /** Also asks for a trigger that can start the workflow by itself. */
  forActivation?: boolean;
  /** Null when the text after the leading `=` is sound. */
  expressionCheck?: ExpressionCheck;
}

/** How often a node may run in one execution before it is stopped. */
const PASS_LIMIT = 10_000;
const WARNINGS: ReadonlySet<ErrorCode> = new Set([
  'CYCLE_WITHOUT_LOOP_NODE',
  'PARAMETER_UNKNOWN',
  'SECRET_IN_PARAMETER',
]);

/**
 * Everything that is wrong with a workflow, in the order of its nodes and connections; empty when it can run.
 * Messages are English; `details` holds the facts to say them in another language. Disabled nodes need not be
 * complete, but their names and connections count.
 */
export function validateWorkflow(
  document: WorkflowDocument,
  lookup: (type: string, version: number) => KnownNodeType | undefined,
  options: ValidationOptions = {},
): WorkflowProblem[] {
  const types = new Map<WorkflowNode, KnownNodeType | undefined>();
  for (const node of document.nodes) types.set(node, lookup(node.type, node.typeVersion));
  return [
    ...checkNames(document),
    ...document.nodes.flatMap((node) => checkNode(node, types.get(node), options)),
    ...checkConnections(document, types),
    ...cyclesWithoutLoop(document, (node) => types.get(node)?.loop === true).map((nodes) =>
      problem(
        'CYCLE_WITHOUT_LOOP_NODE',
        { nodes: nodes.map(({ name }) => name), limit: PASS_LIMIT },
        { node: nodes[0] },
      ),
    ),
    ...(options.forActivation ? checkTrigger(document, types) : []),
  ];
}

function problem(
  code: ErrorCode,
  details: Record<string, unknown>,
  where: { node?: WorkflowNode; field?: string } = {},
): WorkflowProblem {
  return {
    severity: WARNINGS.has(code) ? 'warning' : 'error',
    code,
    message: describeError(code, details),
    ...(where.node && { nodeId: where.node.id, nodeName: where.node.name }),
    ...(where.field !== undefined && { field: where.field }),
    details,
  };
}

function checkNames({ nodes }: WorkflowDocument): WorkflowProblem[] {
  const ids = new Set<string>();
  const names = new Set<string>();
  return nodes.flatMap((node) => {
    const found: WorkflowProblem[] = [];
    if (ids.has(node.id)) found.push(problem('NODE_ID_DUPLICATE', { id: node.id }, { node, field: 'id' }));
    if (names.has(node.name))
      found.push(problem('NODE_NAME_DUPLICATE', { node: node.name }, { node, field: 'name' }));
    ids.add(node.id);
    names.add(node.name);
    return found;
  });
}

function checkNode(
  node: WorkflowNode,
  known: KnownNodeType | undefined,
  options: ValidationOptions,
): WorkflowProblem[] {
  if (!known) {
    const details = { node: node.name, type: node.type, version: node.typeVersion };
    return [problem('NODE_TYPE_UNKNOWN', details, { node, field: 'type' })];
  }
  const secrets = findSecrets(node.parameters).map((path) => {
    const field = `parameters.${path}`;
    return problem('SECRET_IN_PARAMETER', { node: node.name, field: path }, { node, field });
  });
  if (node.disabled) return secrets;
  const findings = checkParameters(known.description.parameters, node.parameters, options.expressionCheck);
  return [
    ...findings.map(({ code, path, reason, position }) =>
      problem(
        code,
        // `parameter` and `field` are the same path: the texts of the codes name it differently.
        {
          node: node.name,
          field: path,
          parameter: path,
          ...(reason && { reason }),
          ...(position !== undefined && { position }),
        },
        { node, field: `parameters.${path}` },
      ),
    ),
    ...checkCredentials(node, known.description, options),
    ...secrets,
  ];
}

function checkCredentials(
  node: WorkflowNode,
  description: NodeTypeDescription,
  { credentialExists }: ValidationOptions,
): WorkflowProblem[] {
  const parameters = withDefaults(description.parameters, node.parameters);
  return description.credentials.flatMap((slot) => {
    if (!isVisible(slot.visibleWhen, parameters)) return [];
    const where = { node, field: `credentials.${slot.name}` };
    const id = node.credentials?.[slot.name];
    if (id) {
      const isGone = credentialExists?.(id) === false;
      return isGone ? [problem('CREDENTIAL_NOT_FOUND', { id, node: node.name, slot: slot.name }, where)] : [];
    }
    return slot.required ? [problem('CREDENTIAL_REQUIRED', { node: node.name, slot: slot.name }, where)] : [];
  });
}

function checkConnections(
  { nodes, connections }: WorkflowDocument,
  types: ReadonlyMap<WorkflowNode, KnownNodeType | undefined>,
): WorkflowProblem[] {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const seen = new Set<string>();
  return connections.flatMap((connection, position) => {
    const field = `connections.${position}`;
    const from = byId.get(connection.from.node);
    const to = byId.get(connection.to.node);
    if (!from || !to) {
      const id = from ? connection.to.node : connection.from.node;
      const end = from ?? to;
      return [problem('CONNECTION_DANGLING', { id }, { field, ...(end && { node: end }) })];
    }
    const key = JSON.stringify(
      [connection.from, connection.to].map(({ node, port, index }) => [node, port, index]),
    );
    const found: WorkflowProblem[] = [];
    if (seen.has(key))
      found.push(problem('CONNECTION_DUPLICATE', { from: from.name, to: to.name }, { node: from, field }));
    seen.add(key);
    for (const [side, node, address] of [
      ['output', from, connection.from],
      ['input', to, connection.to],
    ] as const) {
      const known = types.get(node);
      if (!known) continue;
      const ports = side === 'output' ? outputPorts(node, known) : inputPorts(node, known);
      if (ports.some((port) => port.kind === address.port && port.index === address.index)) continue;
      const details = { node: node.name, side, port: address.port, index: address.index };
      found.push(problem('CONNECTION_PORT_UNKNOWN', details, { node, field }));
    }
    return found;
  });
}

function inputPorts(node: WorkflowNode, { description }: KnownNodeType): ResolvedPort[] {
  return resolvePorts(description.inputs, withDefaults(description.parameters, node.parameters));
}

/** With the error port, which comes after the main outputs of nodes that have one. */
function outputPorts(node: WorkflowNode, { description }: KnownNodeType): ResolvedPort[] {
  const ports = resolvePorts(description.outputs, withDefaults(description.parameters, node.parameters));
  if (node.onError !== 'error-output') return ports;
  const index = ports.filter((port) => port.kind === 'main').length;
  return [...ports, { kind: 'main', index, name: ERROR_PORT }];
}

function checkTrigger(
  { nodes }: WorkflowDocument,
  types: ReadonlyMap<WorkflowNode, KnownNodeType | undefined>,
): WorkflowProblem[] {
  const hasTrigger = nodes.some((node) => !node.disabled && types.get(node)?.description.trigger);
  return hasTrigger ? [] : [problem('TRIGGER_MISSING', {}, { field: 'nodes' })];
}
