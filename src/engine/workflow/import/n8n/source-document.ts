import { z } from 'zod';

/** Old exports write a credential's name alone. */
const Credential = z.union([
  z.string().transform((name) => ({ name })),
  z.looseObject({ name: z.string().catch('') }),
  z.null().transform(() => ({ name: '' })),
]);

const number = z.coerce.number().catch(0);

/** A node as n8n exports it. Everything but its type may be missing in hand-written or very old files. */
export const N8nNode = z.looseObject({
  id: z.string().min(1).optional().catch(undefined),
  name: z.string().min(1).optional().catch(undefined),
  type: z.string().min(1),
  typeVersion: z.coerce.number().positive().catch(1),
  position: z.tuple([number, number]).catch([0, 0]),
  parameters: z.record(z.string(), z.unknown()).catch({}),
  credentials: z.record(z.string(), Credential).optional().catch(undefined),
  disabled: z.boolean().optional().catch(undefined),
  notes: z.string().optional().catch(undefined),
  continueOnFail: z.boolean().optional().catch(undefined),
  onError: z.string().optional().catch(undefined),
  retryOnFail: z.boolean().optional().catch(undefined),
  maxTries: z.coerce.number().int().optional().catch(undefined),
  waitBetweenTries: z.coerce.number().int().optional().catch(undefined),
  alwaysOutputData: z.boolean().optional().catch(undefined),
  executeOnce: z.boolean().optional().catch(undefined),
  webhookId: z.string().optional().catch(undefined),
});
export type N8nNode = z.infer<typeof N8nNode>;

const Target = z.looseObject({
  node: z.string(),
  type: z.string().catch('main'),
  index: z.coerce.number().int().nonnegative().catch(0),
});

/** Source node name → connection type → output index → targets. Unconnected outputs are null or empty. */
const Connections = z.record(
  z.string(),
  z.record(z.string(), z.array(z.array(Target).nullable().catch(null)).catch([])).catch({}),
);

export const N8nWorkflow = z.looseObject({
  name: z.string().optional().catch(undefined),
  nodes: z.array(N8nNode),
  connections: Connections.catch({}),
  settings: z.record(z.string(), z.unknown()).nullish().catch(undefined),
  pinData: z.record(z.string(), z.array(z.unknown()).catch([])).nullish().catch(undefined),
  tags: z
    .array(z.union([z.string(), z.looseObject({ name: z.string() })]))
    .nullish()
    .catch(undefined),
  meta: z
    .looseObject({ description: z.string().optional().catch(undefined) })
    .nullish()
    .catch(undefined),
});
export type N8nWorkflow = z.infer<typeof N8nWorkflow>;

/**
 * The n8n workflow within a parsed file; null when it is something else. Templates and API answers wrap the workflow,
 * and a backup of a single workflow is a list of one.
 */
export function findN8nWorkflow(value: unknown): Record<string, unknown> | null {
  if (Array.isArray(value)) return value.length === 1 ? findN8nWorkflow(value[0]) : null;
  if (typeof value !== 'object' || value === null) return null;
  const candidate = value as Record<string, unknown>;
  if (looksLikeN8n(candidate)) return candidate;
  for (const wrapper of ['workflow', 'data']) {
    const inner = candidate[wrapper];
    const found = typeof inner === 'object' && inner !== null ? findN8nWorkflow(inner) : null;
    if (found) return { ...(typeof candidate['name'] === 'string' && { name: candidate['name'] }), ...found };
  }
  return null;
}

/** n8n's node types carry the package they come from, and its connections are keyed by node name. */
function looksLikeN8n({ nodes, connections, schemaVersion }: Record<string, unknown>): boolean {
  if (!Array.isArray(nodes) || Array.isArray(connections) || schemaVersion !== undefined) return false;
  const types = nodes.map((node: unknown) => (node as { type?: unknown } | null)?.type);
  if (types.length === 0) return typeof connections === 'object' && connections !== null;
  return types.some((type) => typeof type === 'string' && /^(@[\w-]+\/)?[\w-]+\.\w+$/.test(type));
}
