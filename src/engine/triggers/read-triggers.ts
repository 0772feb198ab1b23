import type { WorkflowDocument, WorkflowNode } from '../../contract/index.ts';
import { EngineError } from '../kernel/index.ts';
import {
  HTTP_METHODS,
  type FormDeclaration,
  type MissedSlots,
  type WebhookDeclaration,
} from '../node-kit/index.ts';
import { createAuthenticator, credentialSlot, OPEN, type Authenticator } from './authenticate.ts';
import { compileSchedule, type NextSlot } from './next-fire-time.ts';
import type { OwnedListener } from './listeners.ts';
import type { RegisteredWebhook, TriggerOwner } from './registered-webhook.ts';
import type { TriggerServices } from './trigger-services.ts';
import { parseNetworks } from './admit-caller.ts';
import { createRateLimit } from './rate-limit.ts';
import { isSendable } from './webhook-reply.ts';
import { normalizePath } from './webhook-urls.ts';

type Services = Pick<
  TriggerServices,
  'findNodeType' | 'findPageType' | 'resolveParameters' | 'revealCredential' | 'timezone' | 'clock'
>;

export interface OwnedSchedule {
  node: WorkflowNode;
  /** Of all its rules. */
  next: NextSlot;
  missed: MissedSlots;
}

/** Works out what a workflow's triggers want; every failure names its node. Nothing is registered by it. */
export async function readTriggers(
  services: Services,
  owner: TriggerOwner,
): Promise<{ webhooks: RegisteredWebhook[]; schedules: OwnedSchedule[]; listeners: OwnedListener[] }> {
  const webhooks: RegisteredWebhook[] = [];
  const schedules: OwnedSchedule[] = [];
  const listeners: OwnedListener[] = [];
  for (const node of owner.document.nodes) {
    if (node.disabled) continue;
    const trigger = (await services.findNodeType(node.type, node.typeVersion))?.trigger;
    if (trigger?.kind === 'webhook' || trigger?.kind === 'form')
      webhooks.push(await readWebhook(services, owner, node));
    if (trigger?.kind === 'schedule') {
      schedules.push(await readSchedule(services, owner, node));
    }
    if (trigger?.kind === 'listener') listeners.push(await readListener(services, owner, node, trigger));
  }
  return { webhooks, schedules, listeners };
}

/** Throws PARAMETER_REQUIRED, PARAMETER_INVALID, CREDENTIAL_REQUIRED, CREDENTIAL_INVALID ... with the node's name. */
export async function readWebhook(
  services: Services,
  owner: TriggerOwner,
  node: WorkflowNode,
): Promise<RegisteredWebhook> {
  const trigger = (await services.findNodeType(node.type, node.typeVersion))?.trigger;
  if (trigger?.kind !== 'webhook' && trigger?.kind !== 'form') {
    throw new EngineError('WORKFLOW_INVALID', { reason: `"${node.name}" is not a webhook trigger` });
  }
  const parameters = await services.resolveParameters(owner.document, node);
  const form = trigger.kind === 'form' ? trigger.form(parameters) : undefined;
  const declaration =
    trigger.kind === 'webhook' ? trigger.webhook(parameters) : formWebhook(trigger.form(parameters));
  const checked = { ...declaration, path: normalizePath(declaration.path) };
  checkDeclaration(checked, node);
  const authenticator = await readAuthenticator(services, { node, declaration: checked });
  return {
    owner,
    node,
    declaration: checked,
    credentialId: credentialOf(node, checked),
    authenticator,
    ...(checked.rateLimit && { takeTurn: createRateLimit(checked.rateLimit, services.clock) }),
    ...(form && { form: { ...form, mayShowPages: await mayShowPages(services, owner.document) } }),
  };
}

/** Forms are looked at with GET and sent with POST. */
function formWebhook({ path, authentication, ipAllowList, ignoreBots }: FormDeclaration): WebhookDeclaration {
  return {
    path,
    methods: ['GET', 'POST'],
    respond: 'at-end',
    responseData: 'none',
    responseStatus: 200,
    responseHeaders: [],
    responseField: '',
    responseText: '',
    authentication,
    rawBody: false,
    binaryField: '',
    outputPerMethod: false,
    allowedOrigins: '',
    ipAllowList,
    ignoreBots,
  };
}

async function mayShowPages({ findPageType }: Services, document: WorkflowDocument): Promise<boolean> {
  for (const { type, typeVersion, disabled } of document.nodes)
    if (!disabled && (await findPageType(type, typeVersion))) return true;
  return false;
}

export async function readAuthenticator(
  services: Pick<TriggerServices, 'revealCredential'>,
  webhook: {
    node: WorkflowNode;
    declaration: Pick<WebhookDeclaration, 'authentication' | 'signature'>;
  },
): Promise<Authenticator> {
  const { node, declaration } = webhook;
  const credentialId = credentialOf(node, declaration);
  if (credentialId === null) return OPEN;
  if (credentialId === '') {
    throw new EngineError('CREDENTIAL_REQUIRED', {
      node: node.name,
      slot: credentialSlot(declaration.authentication),
    });
  }
  return createAuthenticator(declaration, await services.revealCredential(credentialId));
}

/** Null where callers need none, empty where none was chosen. */
function credentialOf(
  node: WorkflowNode,
  { authentication }: Pick<WebhookDeclaration, 'authentication'>,
): string | null {
  return authentication === 'none' ? null : (node.credentials?.[credentialSlot(authentication)] ?? '');
}

/** Throws SCHEDULE_INVALID with the node's name. */
export async function readSchedule(
  services: Services,
  owner: Pick<TriggerOwner, 'document'>,
  node: WorkflowNode,
): Promise<OwnedSchedule> {
  const trigger = (await services.findNodeType(node.type, node.typeVersion))?.trigger;
  if (trigger?.kind !== 'schedule') {
    throw new EngineError('SCHEDULE_INVALID', { node: node.name, reason: 'it is not a schedule trigger' });
  }
  const parameters = await services.resolveParameters(owner.document, node);
  const declarations = trigger.schedules(parameters);
  if (declarations.length === 0)
    throw new EngineError('SCHEDULE_INVALID', { node: node.name, reason: 'it has no rule' });
  const timezone = owner.document.settings.timezone ?? services.timezone;
  const rules = declarations.map((declaration) => compileSchedule(declaration, timezone, node.name));
  return { node, next: earliest(rules), missed: trigger.missed(parameters) };
}

/** Throws PARAMETER_REQUIRED, PARAMETER_INVALID, CREDENTIAL_NOT_FOUND ... with the node's name. */
export async function readListener(
  services: Services,
  owner: TriggerOwner,
  node: WorkflowNode,
  { listen }: Pick<OwnedListener, 'listen'>,
): Promise<OwnedListener> {
  return { node, listen, parameters: await services.resolveParameters(owner.document, node) };
}

/** Where several rules meet, there is one slot. */
function earliest(rules: readonly NextSlot[]): NextSlot {
  return (after) =>
    rules.reduce<number | null>((least, next) => {
      const slot = next(after);
      return slot === null || (least !== null && least <= slot) ? least : slot;
    }, null);
}

function checkDeclaration(declaration: WebhookDeclaration, node: WorkflowNode): void {
  const invalid = (field: string, reason: string) =>
    new EngineError('PARAMETER_INVALID', { node: node.name, field, reason });
  const { path, methods, responseStatus, responseHeaders } = declaration;
  if (path === '') throw new EngineError('PARAMETER_REQUIRED', { node: node.name, field: 'path' });
  if (/[?#\s]|\/\//.test(path)) throw invalid('path', 'it holds a space, "?", "#" or "//"');
  if (/(^|\/):(\/|$)/.test(path)) throw invalid('path', 'a ":" needs a name after it');
  if (methods.length === 0)
    throw new EngineError('PARAMETER_REQUIRED', { node: node.name, field: 'methods' });
  const unknown = methods.find((method) => !HTTP_METHODS.includes(method));
  if (unknown !== undefined) throw invalid('methods', `there is no method "${String(unknown)}"`);
  if (!Number.isInteger(responseStatus) || responseStatus < 200 || responseStatus > 599) {
    throw invalid('responseStatus', 'a status is a whole number from 200 to 599');
  }
  const network = parseNetworks(declaration.ipAllowList).invalid;
  if (network !== undefined) throw invalid('options.ipAllowList', `"${network}" is no address or network`);
  const broken = responseHeaders.find((header) => !isSendable(header));
  if (broken) throw invalid('responseHeaders', `"${broken.name}" cannot be sent as a header`);
}
