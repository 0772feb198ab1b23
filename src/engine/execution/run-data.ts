import type { NodeRunSummary } from '../../contract/index.ts';
import type { ItemList } from '../node-kit/index.ts';

/** One run of a node with its items. */
export interface NodeRunState extends NodeRunSummary {
  outputs: readonly ItemList[];
}

/** What each node produced so far in one execution. */
export class RunData {
  readonly #runs = new Map<string, NodeRunState[]>();

  add(run: NodeRunState): void {
    const runs = this.#runs.get(run.nodeId);
    if (runs) runs.push(run);
    else this.#runs.set(run.nodeId, [run]);
  }

  /** Removes a run that has not ended. */
  takeOut(nodeId: string, runIndex: number): NodeRunState | undefined {
    const runs = this.#runs.get(nodeId);
    const index = runs?.findIndex((run) => run.runIndex === runIndex) ?? -1;
    return index < 0 ? undefined : runs?.splice(index, 1)[0];
  }

  runs(nodeId: string): readonly NodeRunState[] {
    return this.#runs.get(nodeId) ?? [];
  }

  /** The run with that index, the last one when not said. */
  run(nodeId: string, runIndex?: number): NodeRunState | undefined {
    const runs = this.#runs.get(nodeId);
    return runIndex === undefined ? runs?.at(-1) : runs?.find((run) => run.runIndex === runIndex);
  }
}
