import {
  resolvePorts,
  withDefaults,
  type ResolvedPort,
  type WorkflowDocument,
  type WorkflowNode,
} from '../../contract/index.ts';
import type { ExpressionEngine } from '../expression/index.ts';
import { EngineError, isEngineError } from '../kernel/index.ts';
import { describeParameters, type NodeDefinition } from '../node-kit/index.ts';
import { buildGraph, type GraphNode, type GraphTarget, type WorkflowGraph } from '../workflow/index.ts';
import { planParameters, type ParameterPlan } from './parameter-plan.ts';

/** A node with everything the run loop needs to know about it. */
export interface CompiledNode {
  readonly id: string;
  readonly node: WorkflowNode;
  readonly definition: NodeDefinition;
  /** Main outputs without the error port. */
  readonly outputs: readonly ResolvedPort[];
  /** Main inputs. */
  readonly inputCount: number;
  /** Indexes of the inputs that something is connected to. */
  readonly connectedInputs: readonly number[];
  readonly outgoing: readonly (readonly GraphTarget[] | undefined)[];
  /** A syntax error in a parameter is kept until the node is reached. */
  plan(): ParameterPlan;
}

export interface CompiledWorkflow {
  readonly document: WorkflowDocument;
  readonly graph: WorkflowGraph;
  readonly nodes: ReadonlyMap<string, CompiledNode>;
  readonly byName: ReadonlyMap<string, CompiledNode>;
  /** Nodes that begin executions and are not disabled, in document order. */
  readonly triggers: readonly CompiledNode[];
}

/** What execution needs of the registry; it never names a node type itself. */
export interface NodeTypes {
  load(types: readonly string[]): Promise<void>;
  /** Undefined when there is none of that type, or only older versions. Loaded types only. */
  get(type: string, version: number): NodeDefinition | undefined;
  /** The node with its parameters in the shape of the present version. */
  upgrade(node: WorkflowNode): WorkflowNode;
}

export interface Compiler {
  /** Loads the node types of the document. Documents are compiled once per object: treat them as immutable. */
  compile(document: WorkflowDocument): Promise<CompiledWorkflow>;
}

export function createCompiler(nodeTypes: NodeTypes, expressions: ExpressionEngine): Compiler {
  const known = new WeakMap<WorkflowDocument, CompiledWorkflow>();
  return {
    async compile(document) {
      const cached = known.get(document);
      if (cached) return cached;
      await nodeTypes.load(document.nodes.map((node) => node.type));
      const compiled = compileWorkflow(document, nodeTypes, expressions);
      known.set(document, compiled);
      return compiled;
    },
  };
}

function compileWorkflow(
  document: WorkflowDocument,
  nodeTypes: NodeTypes,
  expressions: ExpressionEngine,
): CompiledWorkflow {
  const graph = buildGraph(document);
  const nodes = new Map<string, CompiledNode>();
  for (const graphNode of graph.nodes.values()) {
    nodes.set(graphNode.node.id, compileNode(graphNode, nodeTypes, expressions));
  }
  const all = [...nodes.values()];
  return {
    document,
    graph,
    nodes,
    byName: new Map(all.map((node) => [node.node.name, node])),
    triggers: all.filter(({ definition, node }) => definition.trigger && !node.disabled),
  };
}

function compileNode(
  { node, outgoing, incoming }: GraphNode,
  nodeTypes: NodeTypes,
  expressions: ExpressionEngine,
): CompiledNode {
  const definition = nodeTypes.get(node.type, node.typeVersion);
  if (!definition) {
    throw new EngineError('NODE_TYPE_UNKNOWN', {
      node: node.name,
      type: node.type,
      version: node.typeVersion,
    });
  }
  const current = nodeTypes.upgrade(node);
  const parameters = withDefaults(describeParameters(definition.parameters), current.parameters);
  const mainPorts = (ports: NodeDefinition['inputs']) =>
    resolvePorts(ports, parameters).filter((port) => port.kind === 'main');
  let plan: { value: ParameterPlan } | { error: unknown } | undefined;
  return {
    id: node.id,
    node: current,
    definition,
    outputs: mainPorts(definition.outputs),
    inputCount: mainPorts(definition.inputs).length,
    connectedInputs: Object.keys(incoming).map(Number),
    outgoing,
    plan() {
      plan ??= attempt(() => planParameters(current, definition, expressions));
      if ('error' in plan) throw plan.error;
      return plan.value;
    },
  };
}

function attempt<T>(make: () => T): { value: T } | { error: unknown } {
  try {
    return { value: make() };
  } catch (error) {
    if (isEngineError(error)) return { error };
    throw error;
  }
}
