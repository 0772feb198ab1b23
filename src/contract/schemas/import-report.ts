import { z } from 'zod';

/**
 * What became of something that was imported.
 *
 * - `approximated`: it is there, but not in every respect the same.
 * - `unsupported`: it has no counterpart and was left out, or stands as a placeholder.
 * - `to-do`: it is complete but for something only the user has, such as a credential.
 */
export const ImportFinding = z.object({
  kind: z.enum(['approximated', 'unsupported', 'to-do']),
  /** A code of the import texts. */
  code: z.string(),
  /** Why, and what to do. */
  message: z.string(),
  /** Dotted path of the parameter as the original names it. */
  parameter: z.string().optional(),
  details: z.record(z.string(), z.unknown()).optional(),
});
export type ImportFinding = z.infer<typeof ImportFinding>;

/** One imported node. `unsupported`: it became a placeholder; `approximated`: at least one finding limits it. */
export const ImportedNode = z.object({
  nodeId: z.string(),
  nodeName: z.string(),
  /** The node type as the original names it. */
  sourceType: z.string(),
  type: z.string(),
  outcome: z.enum(['mapped', 'approximated', 'unsupported']),
  findings: z.array(ImportFinding),
});
export type ImportedNode = z.infer<typeof ImportedNode>;

/** What an import from another product kept and lost. `findings` are those of the workflow as a whole. */
export const ImportReport = z.object({
  source: z.enum(['n8n']),
  nodes: z.array(ImportedNode),
  findings: z.array(ImportFinding),
});
export type ImportReport = z.infer<typeof ImportReport>;
