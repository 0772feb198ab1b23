import { EngineError, isEngineError } from '../kernel/index.ts';
import { corsHeaders, preflightReply } from './cors.ts';
import { createInactiveWebhooks } from './inactive-webhooks.ts';
import type { FormCalls } from './forms/index.ts';
import { isDelivery, onceKeys } from './once-keys.ts';
import type { RegisteredWebhook } from './registered-webhook.ts';
import { RouteTable } from './route-table.ts';
import { runWebhook } from './run-webhook.ts';
import type { OpenedCall } from './signatures/index.ts';
import { takeCall } from './take-call.ts';
import type { TriggerServices } from './trigger-services.ts';
import type { WebhookReply, WebhookRequest } from './webhook-call.ts';
import { errorReply, failedCall, jsonReply } from './webhook-reply.ts';
import { webhookUrl } from './webhook-urls.ts';

export interface Webhooks {
  /** Registers all of them in place of what their workflow had, or throws WEBHOOK_PATH_TAKEN and changes nothing. */
  replace(workflowId: string, webhooks: readonly RegisteredWebhook[]): void;
  /** Throws WEBHOOK_PATH_TAKEN when they could not be registered. */
  assertFree(workflowId: string, webhooks: readonly RegisteredWebhook[]): void;
  all(): Iterable<RegisteredWebhook>;
  handle(request: WebhookRequest): Promise<WebhookReply>;
}

/** The webhooks of one kind (production or test) and what answers their calls. */
export function createWebhooks(services: TriggerServices, forms: FormCalls): Webhooks {
  const table = new RouteTable<RegisteredWebhook>();
  let registered: RegisteredWebhook[] = [];
  const inactive = createInactiveWebhooks(services);

  const assertFree = (workflowId: string, webhooks: readonly RegisteredWebhook[]) => {
    const own = new RouteTable<RegisteredWebhook>();
    for (const webhook of webhooks) {
      const { path, methods } = webhook.declaration;
      for (const method of methods) {
        const other = table.occupant(method, path);
        const occupant = own.occupant(method, path) ?? (other?.owner.id === workflowId ? undefined : other);
        if (occupant) {
          throw new EngineError('WEBHOOK_PATH_TAKEN', {
            method,
            path: `/${path}`,
            workflow: occupant.owner.name,
            workflowId: occupant.owner.id,
            node: webhook.node.name,
            occupant: occupant.node.name,
          });
        }
      }
      own.add({ path, methods, value: webhook });
    }
  };

  const miss = async (request: WebhookRequest, allowed: string[] | null): Promise<WebhookReply> => {
    const { method, path } = request;
    const facts = { method, path: `/${path}` };
    if (allowed) {
      const allow = { name: 'allow', value: [...allowed, 'OPTIONS'].join(', ') };
      if (method === 'OPTIONS') {
        const wanted = request.headers['access-control-request-method'];
        const asked = wanted === undefined ? undefined : table.find(wanted, path).value;
        if (asked) return preflightReply(asked.declaration.allowedOrigins, allowed, request);
        return { status: 204, headers: [allow], body: null };
      }
      // Whoever looks whether a page is there must not set off a workflow.
      if (method === 'HEAD' && allowed.includes('GET')) return { status: 200, headers: [allow], body: null };
      return errorReply('WEBHOOK_METHOD_NOT_ALLOWED', { ...facts, allowed }, request, [allow]);
    }
    const workflow = request.test ? null : await inactive.find(path);
    return workflow === null
      ? errorReply('WEBHOOK_NOT_REGISTERED', facts, request)
      : errorReply('WEBHOOK_WORKFLOW_INACTIVE', { ...facts, workflow }, request);
  };

  const answer = async (request: WebhookRequest): Promise<WebhookReply> => {
    const found = table.find(request.method, request.path);
    if (found.value === undefined) return miss(request, found.allowed);
    const reply = await take(request, found.value, found.params).catch((error: unknown) =>
      failure(error, request),
    );
    const cors = corsHeaders(found.value.declaration.allowedOrigins, request);
    return cors.length === 0 ? reply : { ...reply, headers: [...cors, ...reply.headers] };
  };

  const take = async (
    request: WebhookRequest,
    webhook: RegisteredWebhook,
    params: Readonly<Record<string, string>>,
  ): Promise<WebhookReply> => {
    const { declaration, listening } = webhook;
    if (webhook.form) return forms.trigger(request, webhook);
    const webhookAt = webhookUrl(services.webhookBaseUrl(), declaration.path, request);
    const taken = await takeCall(services, webhook, { request, params, webhookUrl: webhookAt });
    if ('refusal' in taken) return taken.refusal;
    if (listening && !registered.includes(webhook)) return miss(request, null);
    listening?.close();
    const now = services.clock.now();
    // A test is to work as often as it is tried.
    const keys = listening ? [] : onceKeys(webhook, { ...taken, method: request.method, now });
    for (const { key } of keys) {
      // Asked before, since a write that is refused spoils the commit it shares with others.
      const id = await services.startKeys.find(key, now);
      if (id !== null) return repeated(request, { key, id, opened: taken.opened });
    }
    const reply = await runWebhook(services, webhook, { request, item: taken.item, keys }).catch(
      (error: unknown) => {
        if (!isEngineError(error) || error.code !== 'EXECUTION_STARTED_ALREADY') throw error;
        const { key, id } = error.facts;
        return repeated(request, { key: String(key), id: String(id), opened: taken.opened });
      },
    );
    const acknowledge = taken.opened?.acknowledge;
    return acknowledge && declaration.respond !== 'respond-node' && reply.status < 400 ? acknowledge : reply;
  };

  /** The answer to a call for which an execution began before: its sender is not to send it once more. */
  const repeated = (
    request: WebhookRequest,
    { key, id, opened }: { key: string; id: string; opened: OpenedCall | null },
  ): WebhookReply => {
    if (!isDelivery(key)) return errorReply('WEBHOOK_REPLAYED', {}, request);
    return opened?.acknowledge ?? jsonReply(200, { executionId: id, duplicate: true });
  };

  const failure = (error: unknown, request: WebhookRequest) => failedCall(error, request, services.logger);

  return {
    assertFree,
    replace(workflowId, webhooks) {
      assertFree(workflowId, webhooks);
      table.removeWhere(({ owner }) => owner.id === workflowId);
      registered = [...registered.filter(({ owner }) => owner.id !== workflowId), ...webhooks];
      for (const webhook of webhooks) {
        table.add({ path: webhook.declaration.path, methods: webhook.declaration.methods, value: webhook });
      }
    },
    all: () => registered,
    handle: (request) => answer(request).catch((error: unknown) => failure(error, request)),
  };
}
