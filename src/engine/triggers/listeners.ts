import type { TriggerStatus, WorkflowNode } from '../../contract/index.ts';
import type { ParameterMap, ParametersOf, TriggerDeclaration } from '../node-kit/index.ts';
import { createListenContext } from './listen-context.ts';
import type { TriggerOwner } from './registered-webhook.ts';
import { SupervisedListener } from './supervised-listener.ts';
import type { TriggerServices } from './trigger-services.ts';

/** A trigger that listens, as its workflow has it. */
export interface OwnedListener {
  node: WorkflowNode;
  parameters: ParametersOf<ParameterMap>;
  listen: Extract<TriggerDeclaration, { kind: 'listener' }>['listen'];
}

interface Running {
  /** What it listens to; a new version of the workflow that asks for the same keeps the connection. */
  settings: string;
  credentialIds: readonly string[];
  /** Replaced by a new version, while the connection stays. */
  owner: TriggerOwner;
  trigger: OwnedListener;
  supervised: SupervisedListener;
}

export interface Listeners {
  /**
   * Has these listen in place of those the workflow had. A workflow that did not listen before gets all of them
   * connected, or none with the error of the first that could not; otherwise, and with `wasActive`, they are connected
   * in the background.
   */
  replace(
    owner: TriggerOwner,
    listeners: readonly OwnedListener[],
    options: { wasActive: boolean },
  ): Promise<void>;
  remove(workflowId: string): Promise<void>;
  /** Connects anew whatever uses the credential. */
  refreshCredential(credentialId: string): Promise<void>;
  statuses(workflowId: string): TriggerStatus[];
  /** Takes one message for the editor. Resolves once it is connected; gives how it is called off. */
  listenOnce(
    owner: TriggerOwner,
    listener: OwnedListener,
    options: { destinationNodeId?: string; onTaken(): void },
  ): Promise<() => Promise<void>>;
  stop(): Promise<void>;
}

/** The listeners of active workflows. */
export function createListeners(services: TriggerServices): Listeners {
  const { clock, logger } = services;
  const byWorkflow = new Map<string, Running[]>();

  const supervise = (
    trigger: OwnedListener,
    getOwner: () => TriggerOwner,
    test?: Parameters<typeof createListenContext>[1]['test'],
  ) => {
    const { node, parameters, listen } = trigger;
    const about = { node, parameters, getOwner, ...(test && { test }) };
    const supervised = new SupervisedListener({
      node,
      listen: (session) => listen(createListenContext(services, about, session)),
      clock,
      logger,
      onStatus: () => !test && services.onTriggerStatus(getOwner().id),
      onTrouble: (error) => !test && services.onTriggerFailure(getOwner(), error),
    });
    supervised.start();
    return supervised;
  };

  const begin = (owner: TriggerOwner, trigger: OwnedListener): Running => {
    const running: Running = {
      settings: settingsOf(trigger),
      credentialIds: Object.values(trigger.node.credentials ?? {}),
      owner,
      trigger,
      supervised: supervise(trigger, () => running.owner),
    };
    return running;
  };

  const closeAll = (running: readonly Running[]) =>
    Promise.all(running.map(({ supervised }) => supervised.close())).then(() => undefined);

  return {
    async replace(owner, listeners, { wasActive }) {
      const former = byWorkflow.get(owner.id) ?? [];
      const kept = new Map<OwnedListener, Running>();
      for (const listener of listeners) {
        const same = former.find(({ settings }) => settings === settingsOf(listener));
        if (same) kept.set(listener, same);
      }
      // Some servers serve a consumer of one name once only, so the former ones go first.
      const reused = new Set(kept.values());
      await closeAll(former.filter((running) => !reused.has(running)));
      const next = listeners.map((listener) => {
        const same = kept.get(listener);
        return same ? Object.assign(same, { owner }) : begin(owner, listener);
      });
      byWorkflow.set(owner.id, next);
      if (wasActive || former.length > 0) return;
      try {
        await Promise.all(next.map(({ supervised }) => supervised.connected));
      } catch (error) {
        byWorkflow.delete(owner.id);
        await closeAll(next);
        throw error;
      }
    },
    async remove(workflowId) {
      const running = byWorkflow.get(workflowId) ?? [];
      byWorkflow.delete(workflowId);
      await closeAll(running);
    },
    async refreshCredential(credentialId) {
      for (const [workflowId, all] of byWorkflow) {
        const stale = all.filter(({ credentialIds }) => credentialIds.includes(credentialId));
        if (stale.length === 0) continue;
        await closeAll(stale);
        byWorkflow.set(
          workflowId,
          all.map((running) => (stale.includes(running) ? begin(running.owner, running.trigger) : running)),
        );
      }
    },
    statuses: (workflowId) => (byWorkflow.get(workflowId) ?? []).map(({ supervised }) => supervised.status),
    async listenOnce(owner, trigger, test) {
      const supervised = supervise(trigger, () => owner, test);
      try {
        await supervised.connected;
      } catch (error) {
        await supervised.close();
        throw error;
      }
      return () => supervised.close();
    },
    async stop() {
      const all = [...byWorkflow.values()].flat();
      byWorkflow.clear();
      await closeAll(all);
    },
  };
}

function settingsOf({ node, parameters }: OwnedListener): string {
  return JSON.stringify([node.id, node.type, node.typeVersion, parameters, node.credentials ?? {}]);
}
