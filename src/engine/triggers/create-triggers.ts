import type { TriggerStatus, WorkflowDocument, WorkflowNode } from '../../contract/index.ts';
import type { PublishedWorkflow } from '../storage/index.ts';
import { createEditorTests, type Listening, type ListenRequest } from './editor-tests.ts';
import { createListeners } from './listeners.ts';
import { readAuthenticator, readSchedule, readTriggers } from './read-triggers.ts';
import type { RegisteredWebhook, TriggerOwner } from './registered-webhook.ts';
import { createFormCalls } from './forms/index.ts';
import { createResumeCalls } from './resume-calls.ts';
import { createSchedules } from './schedules.ts';
import type { TriggerServices } from './trigger-services.ts';
import type { WebhookReply, WebhookRequest } from './webhook-call.ts';
import { failedCall } from './webhook-reply.ts';
import { createWebhooks } from './webhooks.ts';

/** How often start keys that have expired are removed. */
const PRUNE_MS = 3_600_000;

const KINDS = ['webhook', 'form'] as const;

function ofKind(webhooks: readonly RegisteredWebhook[], kind: (typeof KINDS)[number]): RegisteredWebhook[] {
  return webhooks.filter(({ form }) => (form ? 'form' : 'webhook') === kind);
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
  /** Resolves once nothing of the workflow listens any more. */
  deactivate(workflowId: string): Promise<void>;
  /** How the listening triggers of an active workflow stand. */
  statuses(workflowId: string): TriggerStatus[];
  /** Waits for one call at the test URL of a draft's webhook, or for one message of another trigger. */
  listen(request: ListenRequest): Promise<Listening>;
  stopListening(workflowId: string): Promise<void>;
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
  stop(): Promise<void>;
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
  const listeners = createListeners(services);
  const tests = createEditorTests(services, {
    tables: { webhook: tables.webhook.test, form: tables.form.test },
    listeners,
  });

  const activate = async (published: PublishedWorkflow, { wasActive }: { wasActive: boolean }) => {
    const { id, name, version, document } = published;
    const owner: TriggerOwner = { id, name, version, document };
    const read = await readTriggers(services, owner);
    const handled = await schedules.handled(id, read.schedules, wasActive);
    for (const kind of KINDS) tables[kind].production.assertFree(id, ofKind(read.webhooks, kind));
    await listeners.replace(owner, read.listeners, { wasActive });
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
    async deactivate(workflowId) {
      for (const kind of KINDS) tables[kind].production.replace(workflowId, []);
      schedules.remove(workflowId);
      await listeners.remove(workflowId);
    },
    statuses: (workflowId) => listeners.statuses(workflowId),
    listen: (request) => tests.listen(request),
    stopListening: (workflowId) => tests.end(workflowId),
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
      await listeners.refreshCredential(credentialId);
    },
    async nextFireTimes(document, node, count) {
      const { next } = await readSchedule(services, { document }, node);
      const times: number[] = [];
      for (let at = next(clock.now()); at !== null && times.length < count; at = next(at)) times.push(at);
      return { times, timezone: document.settings.timezone ?? services.timezone };
    },
    async stop() {
      schedules.stop();
      stopPruning();
      await Promise.all([tests.stop(), listeners.stop()]);
    },
  };
}
