import type { NodeTypeDescription, WorkflowNode } from '../../contract/index.ts';
import { EngineError } from '../kernel/index.ts';
import type { NodeDefinition } from '../node-kit/index.ts';
import type { LoadedNodeType, ManifestEntry } from './manifest.ts';

/** Finds node types by name and version. */
export interface Registry {
  /** Undefined when there is none of that type, or only older versions than asked for. Loads no node. */
  describe(type: string, version?: number): NodeTypeDescription | undefined;
  /** All node types, by group and name. Loads no node. */
  descriptions(): NodeTypeDescription[];
  /** Reads the code of these types; unknown ones are passed over. */
  load(types: readonly string[]): Promise<void>;
  /**
   * The definition of a loaded type. Older versions are served by the present one, see `upgrade`; of newer ones
   * nothing is known.
   */
  get(type: string, version: number): NodeDefinition | undefined;
  /** The node with its parameters in the shape of the present version. Its type must be loaded. */
  upgrade(node: WorkflowNode): WorkflowNode;
  /** A cycle through a node of this type is meant to be there. */
  isLoop(type: string): boolean;
}

export function createRegistryOf(
  manifest: readonly ManifestEntry[],
  catalogue: readonly NodeTypeDescription[],
): Registry {
  const entries = new Map(manifest.map((entry) => [entry.type, entry]));
  const described = new Map(catalogue.map((description) => [description.type, description]));
  const nodeTypes = new Map<string, LoadedNodeType>();

  return {
    describe(type, version = 0) {
      const description = described.get(type);
      return description && version <= description.version ? description : undefined;
    },
    descriptions: () => [...catalogue],
    async load(types) {
      const missing = [...new Set(types)].filter((type) => entries.has(type) && !nodeTypes.has(type));
      await Promise.all(
        missing.map(async (type) => {
          nodeTypes.set(type, await (entries.get(type) as ManifestEntry).load());
        }),
      );
    },
    get(type, version) {
      const definition = nodeTypes.get(type)?.definition;
      return definition && version <= definition.version ? definition : undefined;
    },
    upgrade(node) {
      const nodeType = nodeTypes.get(node.type);
      return nodeType ? upgradeParameters(node, nodeType) : node;
    },
    isLoop: (type) => entries.get(type)?.loop === true,
  };
}

function upgradeParameters(node: WorkflowNode, { definition, upgrades }: LoadedNodeType): WorkflowNode {
  if (node.typeVersion >= definition.version) return node;
  let parameters = node.parameters;
  for (let version = Math.trunc(node.typeVersion); version < definition.version; version++) {
    const step = upgrades?.[version];
    if (!step) {
      const reason = `${node.type} has no upgrade from version ${version}`;
      throw new EngineError('INTERNAL', { reason, requestId: '' });
    }
    parameters = { ...step(parameters) };
  }
  return { ...node, typeVersion: definition.version, parameters };
}
