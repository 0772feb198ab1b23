import type { WorkflowDocument, WorkflowNode } from '../../contract/index.ts';
import { EngineError } from '../kernel/index.ts';
import type { PublishedWorkflow } from '../storage/index.ts';
import {
  readAuthenticator,
  readSchedules,
  readTriggers,
  readWebhook,
  type OwnedSchedule,
} from './read-triggers.ts';
import type { RegisteredWebhook, TriggerOwner } from './registered-webhook.ts';
import { createFormCalls } from './forms/index.ts';
import { createResumeCalls } from './resume-calls.ts';
import { createScheduler } from './scheduler.ts';
import type { TriggerServices } from './trigger-services.ts';
import type { WebhookReply, WebhookRequest } from './webhook-call.ts';
import { failedCall } from './webhook-reply.ts';
import { webhookUrl } from './webhook-urls.ts';
import { createWebhooks } from './webhooks.ts';

const LISTEN_MS = 120_000;

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
  /** The next times of a schedule trigger, in UTC milliseconds. Throws SCHEDULE_INVALID. */
  nextFireTimes(document: WorkflowDocument, node: WorkflowNode, count: number): Promise<number[]>;
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
  const scheduler = createScheduler(clock);
  const listening = new Map<string, RegisteredWebhook>();

  const fire = (owner: TriggerOwner, node: WorkflowNode, slot: number) => {
    services.executions
      .start({
        document: owner.document,
        workflowId: owner.id,
        version: owner.version,
        mode: 'schedule',
        startNodeId: node.id,
        input: [{ json: { scheduledFor: slot } }],
        store: 'start',
      })
      .catch((error: unknown) => {
        logger.error(
          { err: error, workflowId: owner.id, node: node.name, slot },
          'A schedule could not start its workflow',
        );
        services.onTriggerFailure(owner, error);
      });
  };

  const schedule = (owner: TriggerOwner, schedules: readonly OwnedSchedule[]) => {
    scheduler.remove(owner.id);
    scheduler.add(
      schedules.map(({ node, next }) => ({ owner: owner.id, next, fire: (slot) => fire(owner, node, slot) })),
    );
  };

  const activate = async ({ id, name, version, document }: PublishedWorkflow) => {
    const owner: TriggerOwner = { id, name, version, document };
    const { webhooks, schedules } = await readTriggers(services, owner);
    // From here on nothing waits, so that no other activation comes in between.
    for (const kind of KINDS) tables[kind].production.replace(id, ofKind(webhooks, kind));
    schedule(owner, schedules);
  };

  return {
    activate,
    async start() {
      const failures: Array<{ workflowId: string; name: string; error: unknown }> = [];
      for (const published of await services.workflows.listActive()) {
        try {
          await activate(published);
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
      scheduler.remove(workflowId);
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
      const rules = await readSchedules(services, { document }, node);
      const times = new Set<number>();
      for (const next of rules) {
        let at = next(clock.now());
        for (let found = 0; at !== null && found < count; found++) {
          times.add(at);
          at = next(at);
        }
      }
      return [...times].sort((a, b) => a - b).slice(0, count);
    },
    stop() {
      scheduler.stop();
      for (const webhook of [...listening.values()]) webhook.listening?.close();
    },
  };
}
