import { hash } from 'node:crypto';
import type { WorkflowNode } from '../../contract/index.ts';
import { isEngineError, sleep } from '../kernel/index.ts';
import type { ListenContext, ParameterMap, ParametersOf } from '../node-kit/index.ts';
import type { TriggerOwner } from './registered-webhook.ts';
import type { ListenSession } from './supervised-listener.ts';
import type { TriggerServices } from './trigger-services.ts';

/** A message that was stored and not acknowledged comes again when the program is started next, perhaps days later. */
const KEEP_KEY_MS = 7 * 86_400_000;
const QUEUE_FULL_DELAY_MS = 250;

/** What a listener works with during one connection. */
export function createListenContext(
  services: TriggerServices,
  trigger: {
    node: WorkflowNode;
    parameters: ParametersOf<ParameterMap>;
    /** The version that messages are for by now. */
    getOwner(): TriggerOwner;
    /** Takes one message only, which the editor waits for. */
    test?: { destinationNodeId?: string; onTaken(): void };
  },
  session: ListenSession,
): ListenContext {
  const { node, parameters, test } = trigger;
  const { id: workflowId } = trigger.getOwner();
  const { clock, logger, executions, keptData, files, connections, http } = services;
  const { signal } = session;
  const keptKey = (name: string) => `listener:${node.id}:${name}`;
  let isTaken = false;

  const emit: ListenContext['emit'] = async (items, { once } = {}) => {
    // What comes after the one message is left to whoever listens next.
    if (test && isTaken) await aborted(signal);
    isTaken = true;
    for (;;) {
      signal.throwIfAborted();
      const owner = trigger.getOwner();
      try {
        const { stored } = await executions.start({
          document: owner.document,
          workflowId: owner.id,
          version: owner.version,
          mode: test ? 'manual' : 'trigger',
          startNodeId: node.id,
          input: items,
          store: 'start',
          ...(test?.destinationNodeId !== undefined && { destinationNodeId: test.destinationNodeId }),
          ...(once !== undefined &&
            !test && {
              startKeys: [{ key: messageKey(workflowId, node, once), expiresAt: clock.now() + KEEP_KEY_MS }],
            }),
        });
        await stored;
        session.received();
        test?.onTaken();
        return;
      } catch (error) {
        const code = isEngineError(error) ? error.code : null;
        if (code === 'EXECUTION_STARTED_ALREADY') return;
        if (code !== 'QUEUE_FULL') throw error;
        // The other side keeps what is not acknowledged; messages are taken as fast as executions end.
        await sleep(clock, QUEUE_FULL_DELAY_MS, signal);
      }
    }
  };

  return {
    parameters,
    async credential(slot) {
      const id = node.credentials?.[slot];
      return id ? await services.revealCredential(id) : null;
    },
    emit,
    lost: (error) => session.lost(error),
    kept: {
      get: (name) => keptData.get(workflowId, keptKey(name)),
      set: (name, value) => keptData.set(workflowId, keptKey(name), value),
    },
    http: { request: (request) => http.request({ ...request, signal: request.signal ?? signal }) },
    binary: services.blobs,
    files,
    connections,
    clock,
    logger,
    signal,
    isTest: test !== undefined,
    workflowId,
    node: { id: node.id, name: node.name },
  };
}

/** Rejects with the signal's reason once it is aborted. */
function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    if (signal.aborted) return reject(signal.reason as Error);
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
}

function messageKey(workflowId: string, node: WorkflowNode, once: string): string {
  return `message:${workflowId}:${node.id}:${hash('sha256', once, 'base64url')}`;
}
