import type { KeptData, KeptDataStore } from '../storage/index.ts';

export interface KeptChange {
  value: unknown;
  /** False: for the rest of this execution only. */
  isLasting: boolean;
}

/** What one execution sees of the data its workflow keeps. A node's changes count from the moment it succeeds. */
export class KeptValues {
  readonly #store: KeptDataStore;
  readonly #workflowId: string | null;
  readonly #changed = new Map<string, unknown>();

  constructor(store: KeptDataStore, workflowId: string | null) {
    this.#store = store;
    this.#workflowId = workflowId;
  }

  async get(key: string): Promise<unknown> {
    if (this.#changed.has(key)) return structuredClone(this.#changed.get(key));
    return this.#workflowId === null ? undefined : await this.#store.get(this.#workflowId, key);
  }

  /** Takes over what a node changed. Gives what is to be stored; a workflow that is not stored keeps nothing. */
  accept(changes: ReadonlyMap<string, KeptChange>): KeptData[] {
    const lasting: KeptData[] = [];
    for (const [key, { value, isLasting }] of changes) {
      this.#changed.set(key, structuredClone(value));
      if (isLasting && this.#workflowId !== null) lasting.push({ workflowId: this.#workflowId, key, value });
    }
    return lasting;
  }
}

export type KeptScope = 'node' | 'workflow';

export function keptKey(scope: KeptScope, nodeId: string, name: string): string {
  return scope === 'node' ? `node:${nodeId}:${name}` : `workflow:${name}`;
}
