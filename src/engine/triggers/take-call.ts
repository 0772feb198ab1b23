import type { Item } from '../../contract/index.ts';
import type { WebhookDeclaration } from '../node-kit/index.ts';
import { refusedCaller } from './admit-caller.ts';
import type { Authenticator } from './authenticate.ts';
import { parseBody } from './parse-body.ts';
import type { TriggerServices } from './trigger-services.ts';
import type { WebhookReply, WebhookRequest } from './webhook-call.ts';
import { webhookItem } from './webhook-input.ts';
import { errorReply } from './webhook-reply.ts';

/** The item a call brings, or the answer to a caller who may not. Throws JSON_INVALID, INPUT_INVALID, BODY_TOO_LARGE. */
export async function takeCall(
  services: Pick<TriggerServices, 'blobs' | 'limits'>,
  webhook: {
    declaration: Omit<WebhookDeclaration, 'path' | 'outputPerMethod'>;
    authenticator: Authenticator;
  },
  call: { request: WebhookRequest; params: Readonly<Record<string, string>>; webhookUrl: string },
): Promise<{ item: Item } | { refusal: WebhookReply }> {
  const { declaration, authenticator } = webhook;
  const { request, params, webhookUrl } = call;
  const caller = refusedCaller(declaration, request);
  if (caller !== null) return { refusal: errorReply('WEBHOOK_FORBIDDEN', { caller }, request) };
  const checking = authenticator.check(request);
  const admission = checking instanceof Promise ? await checking : checking;
  if (!admission) {
    const headers = authenticator.challenge
      ? [{ name: 'www-authenticate', value: authenticator.challenge }]
      : [];
    return { refusal: errorReply('WEBHOOK_UNAUTHORIZED', {}, request, headers) };
  }
  const parsed = await parseBody(request, {
    raw: declaration.rawBody,
    field: declaration.binaryField,
    store: services.blobs,
    limits: services.limits,
  });
  const item = webhookItem(request, {
    params,
    parsed,
    webhookUrl,
    secretHeader: authenticator.header,
    claims: admission.claims,
  });
  return { item };
}
