import type { WorkflowDocument, WorkflowNode } from '../../contract/index.ts';
import { EngineError } from '../kernel/index.ts';
import type { PublishedWorkflow } from '../storage/index.ts';
import { readAuthenticator, readSchedule, readTriggers, readWebhook } from './read-triggers.ts';
import type { RegisteredWebhook, TriggerOwner } from './registered-webhook.ts';
import { createFormCalls } from './forms/index.ts';
import { createResumeCalls } from './resume-calls.ts';
import { createSchedules } from './schedules.ts';
import type { TriggerServices } from './trigger-services.ts';
import type { WebhookReply, WebhookRequest } from './webhook-call.ts';
import { failedCall } from './webhook-reply.ts';
import { webhookUrl } from './webhook-urls.ts';
import { createWebhooks } from './webhooks.ts';

const LISTEN_MS = 120_000;
/** How often start keys that have expired are removed. */
const PRUNE_MS = 3_600_000;

const KINDS = ['webhook', 'form'] as const;

function ofKind(webhooks: readonly RegisteredWebhook[], kind: (typeof KINDS)[number]): RegisteredWebhook[] {
  return webhooks.filter(({ form }) => (form ? 'form' : 'webhook') === kind);
}

export interface ListenRequest {
  workflowId: string;
  /** The draft that runs with the call. */
  document: WorkflowDocument;
  nodeId: string;
  destinationNodeId?: string;
}

export interface Triggers {
  /** Activates everything that storage says is active. Gives what could not be, the rest works. */
  start(): Promise<Array<{ workflowId: string; name: string; error: unknown }>>;
  /**
   * Registers the triggers of a published version in place of those the workflow had: all of them, or none with an
   * error that names the node (WEBHOOK_PATH_TAKEN, SCHEDULE_INVALID, PARAMETER_INVALID, CREDENTIAL_REQUIRED ...).
   */
  activate(published: PublishedWorkflow): Promise<void>;
  /** Throws what `activate` would throw for this draft, and registers nothing. */
  check(draft: { id: string; name: string; document: WorkflowDocument }): Promise<void>;
  deactivate(workflowId: string): void;
  /** Opens the test URL of a draft's webhook for one call within two minutes; a new one replaces the former. */
  listen(request: ListenRequest): Promise<{ url: string; methods: string[]; expiresAt: number }>;
  /** Answers a webhook call; never rejects. */
  handle(request: WebhookRequest): Promise<WebhookReply>;
  /** Answers a call that ends a wait; never rejects. */
  resume(request: WebhookRequest): Promise<WebhookReply>;
  /** Takes up a credential that was changed. */
  refreshCredential(credentialId: string): Promise<void>;
  /** The next times of a schedule trigger, in UTC milliseconds, and the zone it goes by. Throws SCHEDULE_INVALID. */
  nextFireTimes(
    document: WorkflowDocument,
    node: WorkflowNode,
    count: number,
  ): Promise<{ times: number[]; timezone: string }>;
  /** Ends timers and test URLs. Executions that are under way are not touched. */
  stop(): void;
}

/** What begins executions from outside: webhooks, test URLs and schedules. */
export function createTriggers(services: TriggerServices): Triggers {
  const { clock, logger } = services;
  const resumeCall = createResumeCalls(services);
  const forms = createFormCalls(services);
  const tables = {
    webhook: { production: createWebhooks(services, forms), test: createWebhooks(services, forms) },
    form: { production: createWebhooks(services, forms), test: createWebhooks(services, forms) },
  };
  const schedules = createSchedules(services);
  const listening = new Map<string, RegisteredWebhook>();

  const activate = async (published: PublishedWorkflow, { wasActive }: { wasActive: boolean }) => {
    const { id, name, version, document } = published;
    const owner: TriggerOwner = { id, name, version, document };
    const read = await readTriggers(services, owner);
    const handled = await schedules.handled(id, read.schedules, wasActive);
    // From here on nothing waits, so that no other activation comes in between.
    for (const kind of KINDS) tables[kind].production.replace(id, ofKind(read.webhooks, kind));
    schedules.replace(owner, read.schedules, handled);
  };

  const pruneKeys = () => {
    stopPruning = clock.schedule(PRUNE_MS, pruneKeys);
    services.startKeys
      .prune(clock.now())
      .catch((error: unknown) => logger.error({ err: error }, 'Expired start keys could not be removed'));
  };
  let stopPruning = () => {};

  return {
    activate: (published) => activate(published, { wasActive: false }),
    async start() {
      pruneKeys();
      const failures: Array<{ workflowId: string; name: string; error: unknown }> = [];
      for (const published of await services.workflows.listActive()) {
        try {
          await activate(published, { wasActive: true });
        } catch (error) {
          logger.error(
            { err: error, workflowId: published.id },
            'The triggers of an active workflow could not be registered',
          );
          failures.push({ workflowId: published.id, name: published.name, error });
        }
      }
      return failures;
    },
    async check({ id, name, document }) {
      const { webhooks } = await readTriggers(services, { id, name, version: null, document });
      for (const kind of KINDS) tables[kind].production.assertFree(id, ofKind(webhooks, kind));
    },
    deactivate(workflowId) {
      for (const kind of KINDS) tables[kind].production.replace(workflowId, []);
      schedules.remove(workflowId);
    },
    async listen({ workflowId, document, nodeId, destinationNodeId }) {
      const node = document.nodes.find(({ id }) => id === nodeId);
      if (!node) throw new EngineError('WORKFLOW_INVALID', { reason: `there is no node "${nodeId}"` });
      const owner: TriggerOwner = { id: workflowId, name: document.name, version: null, document };
      const webhook = await readWebhook(services, owner, node);
      const kind = webhook.form ? 'form' : 'webhook';
      const table = tables[kind].test;
      const expiresAt = clock.now() + LISTEN_MS;
      const close = () => {
        cancel();
        if (listening.get(workflowId) !== webhook) return;
        listening.delete(workflowId);
        table.replace(workflowId, []);
      };
      webhook.listening = { expiresAt, close, ...(destinationNodeId !== undefined && { destinationNodeId }) };
      table.assertFree(workflowId, [webhook]);
      listening.get(workflowId)?.listening?.close();
      table.replace(workflowId, [webhook]);
      listening.set(workflowId, webhook);
      const cancel = clock.schedule(LISTEN_MS, close);
      const { path, methods } = webhook.declaration;
      return { url: webhookUrl(services.webhookBaseUrl(), path, { test: true, kind }), methods, expiresAt };
    },
    handle: (request) => tables[request.kind][request.test ? 'test' : 'production'].handle(request),
    resume: (request) =>
      request.kind === 'webhook'
        ? resumeCall(request)
        : forms.resume(request).catch((error: unknown) => failedCall(error, request, logger)),
    async refreshCredential(credentialId) {
      for (const webhook of KINDS.flatMap((kind) => [...tables[kind].production.all()])) {
        if (webhook.credentialId === credentialId)
          webhook.authenticator = await readAuthenticator(services, webhook);
      }
    },
    async nextFireTimes(document, node, count) {
      const { next } = await readSchedule(services, { document }, node);
      const times: number[] = [];
      for (let at = next(clock.now()); at !== null && times.length < count; at = next(at)) times.push(at);
      return { times, timezone: document.settings.timezone ?? services.timezone };
    },
    stop() {
      schedules.stop();
      stopPruning();
      for (const webhook of [...listening.values()]) webhook.listening?.close();
    },
  };
}
