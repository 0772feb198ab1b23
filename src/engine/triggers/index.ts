export { createTriggers, type Triggers } from './create-triggers.ts';
export type { Listening } from './editor-tests.ts';
export type { RevealedCredential } from './authenticate.ts';
export type { TriggerServices } from './trigger-services.ts';
export type { WebhookReply, WebhookRequest } from './webhook-call.ts';
