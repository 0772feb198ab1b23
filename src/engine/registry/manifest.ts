import type { NodeDefinition, ParameterUpgrades } from '../node-kit/index.ts';

/** One node type as the generated manifest lists it; its code is read when a workflow needs it. */
export interface ManifestEntry {
  readonly type: string;
  readonly version: number;
  readonly loop: boolean;
  load(): Promise<LoadedNodeType>;
}

export interface LoadedNodeType {
  readonly definition: NodeDefinition;
  readonly upgrades?: ParameterUpgrades;
}

/** Definitions differ in their parameter types; behind the registry all of them are just node definitions. */
export function loaded<D extends Pick<NodeDefinition, 'type' | 'version'>>(
  definition: D,
  upgrades?: ParameterUpgrades,
): LoadedNodeType {
  const anyDefinition = definition as unknown as NodeDefinition;
  return upgrades ? { definition: anyDefinition, upgrades } : { definition: anyDefinition };
}
