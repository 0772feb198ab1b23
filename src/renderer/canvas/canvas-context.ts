import { inject, type InjectionKey, type Ref } from 'vue';
import type { Connection, PortAddress, TriggerStatus, WorkflowProblem } from '../../contract/index.ts';
import type { NodeRunMap } from '../editor/document/node-runs.ts';

export type NodeAction = 'open' | 'run-to' | 'rename' | 'disable' | 'delete' | 'copy' | 'duplicate';

/** How a node or connection differs between two documents on one canvas. */
export type CanvasMark = 'added' | 'removed' | 'changed' | 'moved';

/** What nodes and connections on a canvas know of the world around them. */
export interface CanvasContext {
  readOnly: boolean;
  runs: Readonly<Ref<NodeRunMap>>;
  /** Nodes whose results are out of date; absent where they cannot be. */
  stale?: Readonly<Ref<ReadonlySet<string>>>;
  pinned: Readonly<Ref<ReadonlySet<string>>>;
  problems: Readonly<Ref<ReadonlyMap<string, readonly WorkflowProblem[]>>>;
  /** How active triggers stand, by node id; absent where nothing is active. */
  triggerStates?: Readonly<Ref<ReadonlyMap<string, TriggerStatus>>>;
  /** By node id or connection id; absent where nothing is compared. */
  marks?: Readonly<Ref<ReadonlyMap<string, CanvasMark>>>;
  /** Node ids whose main outputs lead somewhere, as `node:kind:index`. */
  connectedOutputs: Readonly<Ref<ReadonlySet<string>>>;
  /** Asks for a node to connect to this output. */
  addAfter(from: PortAddress): void;
  addBetween(connection: Connection): void;
  removeConnection(connection: Connection): void;
  actOnNode(action: NodeAction, nodeId: string): void;
}

export const canvasContextKey: InjectionKey<CanvasContext> = Symbol('canvas');

export function useCanvasContext(): CanvasContext {
  const context = inject(canvasContextKey);
  if (!context) throw new Error('Used outside a canvas');
  return context;
}
