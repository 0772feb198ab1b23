import type { WorkflowDocument, WorkflowNode } from '../../contract/index.ts';
import type { FormDeclaration, WebhookDeclaration } from '../node-kit/index.ts';
import type { Authenticator } from './authenticate.ts';
import type { TakeTurn } from './rate-limit.ts';

/** The workflow a trigger belongs to: a published version, or a draft under test. */
export interface TriggerOwner {
  id: string;
  name: string;
  /** Null for a draft. */
  version: number | null;
  document: WorkflowDocument;
}

/** Everything a call needs, worked out at activation, so that a call reads nothing from the database. */
export interface RegisteredWebhook {
  owner: TriggerOwner;
  node: WorkflowNode;
  declaration: WebhookDeclaration;
  /** Set where the calls are those of browsers with a form. */
  form?: FormDeclaration & { mayShowPages: boolean };
  credentialId: string | null;
  /** Made again when the credential changes. */
  authenticator: Authenticator;
  /** Set where the webhook takes so many calls at a time only. */
  takeTurn?: TakeTurn;
  /** Set for a draft that waits for one call at its test URL. */
  listening?: { destinationNodeId?: string; expiresAt: number; close(): void };
}
