import type { ConsoleLine, NodeRunSummary } from '../../contract/index.ts';
import type { EventHub } from './event-hub.ts';
import type { NodeRunState } from './run-data.ts';

/** Tells those who watch what happens in one execution. */
export class RunEvents {
  readonly #hub: EventHub;
  readonly #about: { executionId: string; workflowId: string | null };

  constructor(hub: EventHub, about: { executionId: string; workflowId: string | null }) {
    this.#hub = hub;
    this.#about = about;
  }

  started({ nodeId, runIndex }: NodeRunState): void {
    if (this.#hub.isWatched) this.#hub.publish({ type: 'node-started', ...this.#about, nodeId, runIndex });
  }

  finished(state: NodeRunState): void {
    if (!this.#hub.isWatched) return;
    const { outputs: _outputs, ...nodeRun } = state;
    const summary: NodeRunSummary = nodeRun;
    this.#hub.publish({ type: 'node-finished', ...this.#about, nodeRun: summary });
  }

  logged(nodeId: string, line: ConsoleLine): void {
    if (this.#hub.isWatched) this.#hub.publish({ type: 'node-log', ...this.#about, nodeId, line });
  }
}
