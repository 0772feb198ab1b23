import type { WorkflowDocument } from '../../contract/index.ts';
import { EngineError } from '../kernel/index.ts';
import type { Listeners } from './listeners.ts';
import { readListener, readWebhook } from './read-triggers.ts';
import type { TriggerOwner } from './registered-webhook.ts';
import type { TriggerServices } from './trigger-services.ts';
import { webhookUrl } from './webhook-urls.ts';
import type { Webhooks } from './webhooks.ts';

const LISTEN_MS = 120_000;

export interface ListenRequest {
  workflowId: string;
  /** The draft that runs with the call or message. */
  document: WorkflowDocument;
  nodeId: string;
  destinationNodeId?: string;
}

export interface Listening {
  /** Where to send the call; null for a message, which comes by itself. */
  url: string | null;
  methods: string[];
  /** UTC milliseconds. */
  expiresAt: number;
}

export interface EditorTests {
  /** Waits for one call or message within two minutes; per workflow a new wait replaces the former. */
  listen(request: ListenRequest): Promise<Listening>;
  /** Ends the wait of a workflow, where there is one. */
  end(workflowId: string): Promise<void>;
  stop(): Promise<void>;
}

/** Drafts that wait in the editor for something to run with. */
export function createEditorTests(
  services: TriggerServices,
  parts: { tables: Record<'webhook' | 'form', Webhooks>; listeners: Pick<Listeners, 'listenOnce'> },
): EditorTests {
  const { clock } = services;
  /** How the wait of a workflow is called off. */
  const waits = new Map<string, () => void | Promise<void>>();

  /** Has the wait end by itself after two minutes, and counts it. */
  const begin = (workflowId: string, end: () => void | Promise<void>) => {
    const close = () => {
      cancel();
      if (waits.get(workflowId) === close) waits.delete(workflowId);
      return end();
    };
    const cancel = clock.schedule(LISTEN_MS, () => void close());
    waits.set(workflowId, close);
    return { close, expiresAt: clock.now() + LISTEN_MS };
  };

  async function listenToCall(
    { workflowId, destinationNodeId }: ListenRequest,
    owner: TriggerOwner,
    node: WorkflowDocument['nodes'][number],
  ): Promise<Listening> {
    const webhook = await readWebhook(services, owner, node);
    const kind = webhook.form ? 'form' : 'webhook';
    const table = parts.tables[kind];
    table.assertFree(workflowId, [webhook]);
    await waits.get(workflowId)?.();
    table.replace(workflowId, [webhook]);
    const { close, expiresAt } = begin(workflowId, () => table.replace(workflowId, []));
    webhook.listening = {
      expiresAt,
      close: () => void close(),
      ...(destinationNodeId !== undefined && { destinationNodeId }),
    };
    const { path, methods } = webhook.declaration;
    return { url: webhookUrl(services.webhookBaseUrl(), path, { test: true, kind }), methods, expiresAt };
  }

  return {
    async listen(request) {
      const { workflowId, document, nodeId, destinationNodeId } = request;
      const node = document.nodes.find(({ id }) => id === nodeId);
      if (!node) throw new EngineError('WORKFLOW_INVALID', { reason: `there is no node "${nodeId}"` });
      const owner: TriggerOwner = { id: workflowId, name: document.name, version: null, document };
      const trigger = (await services.findNodeType(node.type, node.typeVersion))?.trigger;
      if (trigger?.kind !== 'listener') return listenToCall(request, owner, node);
      const listener = await readListener(services, owner, node, trigger);
      await waits.get(workflowId)?.();
      const stopListening = await parts.listeners.listenOnce(owner, listener, {
        // Not awaited: the listener is closed from within the message it works on.
        onTaken: () => void close(),
        ...(destinationNodeId !== undefined && { destinationNodeId }),
      });
      const { close, expiresAt } = begin(workflowId, stopListening);
      return { url: null, methods: [], expiresAt };
    },
    async end(workflowId) {
      await waits.get(workflowId)?.();
    },
    async stop() {
      await Promise.all([...waits.values()].map((close) => close()));
    },
  };
}
