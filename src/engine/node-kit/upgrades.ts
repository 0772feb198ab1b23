/** The stored parameters of a node, as the user wrote them: expressions are text. */
export type StoredParameters = Readonly<Record<string, unknown>>;

/**
 * What a node's `upgrades.ts` exports as `upgrades`: under version n, the step that gives parameters of version n
 * the shape of version n + 1. Expression text stays as it is.
 */
export type ParameterUpgrades = Readonly<Record<number, (parameters: StoredParameters) => StoredParameters>>;
