import type { OpenWait } from '../execution/index.ts';
import { EngineError } from '../kernel/index.ts';
import type { ResumeWebhook } from '../node-kit/index.ts';
import { corsHeaders, preflightReply } from './cors.ts';
import { readAuthenticator } from './read-triggers.ts';
import { answerCall } from './run-webhook.ts';
import { takeCall } from './take-call.ts';
import type { TriggerServices } from './trigger-services.ts';
import type { WebhookReply, WebhookRequest } from './webhook-call.ts';
import { errorReply, failedCall } from './webhook-reply.ts';

/** Answers calls that end a wait; never rejects. */
export function createResumeCalls(
  services: TriggerServices,
): (request: WebhookRequest) => Promise<WebhookReply> {
  const { executions } = services;

  async function answer(request: WebhookRequest): Promise<WebhookReply> {
    const [token = '', ...rest] = request.path.split('/');
    const suffix = rest.join('/');
    const wait = await executions.findWait(
      token,
      (resume) => resume.kind === 'webhook' && resume.webhook.suffix === suffix,
    );
    if (wait?.resume.kind !== 'webhook') throw new EngineError('WAIT_OVER');
    const { webhook } = wait.resume;
    if (request.method === 'OPTIONS') return preflightReply(webhook.allowedOrigins, webhook.methods, request);
    const reply = await take(request, wait, webhook).catch((error: unknown) =>
      failedCall(error, request, services.logger),
    );
    return { ...reply, headers: [...corsHeaders(webhook.allowedOrigins, request), ...reply.headers] };
  }

  async function take(
    request: WebhookRequest,
    wait: OpenWait,
    declaration: ResumeWebhook,
  ): Promise<WebhookReply> {
    const { methods } = declaration;
    if (!methods.some((method) => method === request.method)) {
      const allow = { name: 'allow', value: [...methods, 'OPTIONS'].join(', ') };
      const facts = { method: request.method, path: '', allowed: methods };
      return errorReply('WEBHOOK_METHOD_NOT_ALLOWED', facts, request, [allow]);
    }
    const node = wait.document.nodes.find(({ id }) => id === wait.nodeId);
    if (!node) throw new EngineError('WAIT_OVER');
    const authenticator = await readAuthenticator(services, { node, declaration });
    // The address is the secret that was just used up; it has no place in run data.
    const taken = await takeCall(
      services,
      { declaration, authenticator },
      { request, params: {}, webhookUrl: '' },
    );
    if ('refusal' in taken) return taken.refusal;
    const { webhookUrl: _webhookUrl, ...json } = taken.item.json;
    const item = { ...taken.item, json, pairedItem: { item: 0 } };
    return answerCall(services, declaration, {
      begin: (caller) => executions.resume(wait, [item], caller),
      locale: request.locale,
    });
  }

  return (request) => answer(request).catch((error: unknown) => failedCall(error, request, services.logger));
}
