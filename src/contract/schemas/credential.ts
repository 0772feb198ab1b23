import { z } from 'zod';
import { NodeTypeTexts, VisibleWhen } from './node-type.ts';

export const CredentialField = z.object({
  name: z.string(),
  kind: z.enum(['string', 'secret', 'select']),
  required: z.boolean(),
  placeholder: z.string().optional(),
  /** Of a select; the first is the default. */
  options: z.array(z.string()).optional(),
  /** May hold line breaks, as keys in PEM do. */
  multiline: z.boolean().optional(),
  visibleWhen: VisibleWhen.optional(),
  /** Kept by the engine; no field of the form. */
  hidden: z.boolean().optional(),
});
export type CredentialField = z.infer<typeof CredentialField>;

/** A kind of credential: plain data a form is drawn from. */
export const CredentialTypeDescription = z.object({
  type: z.string(),
  fields: z.array(CredentialField),
  /** Whether it can be tried against the other side. */
  testable: z.boolean(),
  /** A person signs in with the other side, in a browser. */
  connects: z.boolean().optional(),
  texts: z.object({ en: NodeTypeTexts, 'zh-CN': NodeTypeTexts }),
});
export type CredentialTypeDescription = z.infer<typeof CredentialTypeDescription>;

/** Workflows that use a credential. */
export const CredentialUse = z.object({
  credentialId: z.string(),
  workflows: z.array(z.object({ id: z.string(), name: z.string() })),
});
export type CredentialUse = z.infer<typeof CredentialUse>;

/** A stored credential without its secrets. `fields` holds the values that are not secret. */
export const CredentialSummary = z.object({
  id: z.string(),
  name: z.string(),
  type: z.string(),
  fields: z.record(z.string(), z.string()),
  createdAt: z.number().int(),
  updatedAt: z.number().int(),
});
export type CredentialSummary = z.infer<typeof CredentialSummary>;
