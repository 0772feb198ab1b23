import { z } from 'zod';
import { Item } from './item.ts';

/** The document shape this program writes; older ones are upgraded when read. */
export const WORKFLOW_SCHEMA_VERSION = 1;

export const PORT_KINDS = [
  'main',
  'model',
  'tool',
  'memory',
  'embedding',
  'vector-store',
  'retriever',
  'output-parser',
  'document',
  'splitter',
] as const;
export const PortKind = z.enum(PORT_KINDS);
export type PortKind = z.infer<typeof PortKind>;

export const OnError = z.enum(['stop', 'continue', 'error-output']);
export type OnError = z.infer<typeof OnError>;

export const Retry = z.object({
  /** How often the node is tried in all, the first time included. */
  attempts: z.number().int().min(1).max(100),
  delayMs: z.number().int().min(0).max(86_400_000).default(1000),
  backoff: z.enum(['fixed', 'exponential']).default('fixed'),
});
export type Retry = z.infer<typeof Retry>;

export const WorkflowNode = z.object({
  id: z.string().min(1),
  name: z.string().min(1).max(200),
  type: z.string().min(1),
  typeVersion: z.number().positive().default(1),
  position: z.tuple([z.number(), z.number()]).default([0, 0]),
  parameters: z.record(z.string(), z.unknown()).default({}),
  /** Credential slot of the node type to the id of a stored credential. */
  credentials: z.record(z.string(), z.string()).optional(),
  disabled: z.boolean().optional(),
  notes: z.string().optional(),
  onError: OnError.optional(),
  retry: Retry.optional(),
  timeoutMs: z.number().int().positive().optional(),
  onReplay: z.enum(['repeat', 'ask', 'never']).optional(),
  /** Start the following nodes even when an output holds no item: they get one empty item. */
  alwaysOutput: z.boolean().optional(),
  /** Run for the first item only. */
  executeOnce: z.boolean().optional(),
});
export type WorkflowNode = z.infer<typeof WorkflowNode>;

export const PortAddress = z.object({
  node: z.string().min(1),
  port: PortKind.default('main'),
  /** Counts the ports of this kind on that side of the node, from 0. */
  index: z.number().int().nonnegative().default(0),
});
export type PortAddress = z.infer<typeof PortAddress>;

export const Connection = z.object({ from: PortAddress, to: PortAddress });
export type Connection = z.infer<typeof Connection>;

export const WorkflowSettings = z.object({
  errorWorkflow: z.string().nullish(),
  timeoutMs: z.number().int().positive().nullish(),
  /** IANA name; the instance's when absent. */
  timezone: z.string().nullish(),
  /** How many of its executions run at the same time; the others wait for their turn. */
  concurrency: z.number().int().positive().nullish(),
  priority: z.enum(['high', 'normal', 'low']).optional(),
  branchOrder: z.enum(['parallel', 'depth-first', 'breadth-first']).optional(),
  save: z.enum(['all', 'failed', 'none']).optional(),
  /**
   * Fields whose values are encrypted where executions are stored and shown to nobody: `password`,
   * `headers.authorization`, `*.token`. A rule fits the end of a path.
   */
  redact: z.array(z.string().min(1).max(200)).max(100).optional(),
  /** Where a POST request goes when an execution has ended, signed with a credential of type `signing-secret`. */
  callbacks: z
    .object({
      success: z.string().nullish(),
      failure: z.string().nullish(),
      credential: z.string().nullish(),
    })
    .optional(),
});
export type WorkflowSettings = z.infer<typeof WorkflowSettings>;

/** What a user draws: the saved document of nodes and connections. */
export const WorkflowDocument = z.object({
  id: z.string().optional(),
  name: z.string().min(1).max(200),
  description: z.string().max(10_000).optional(),
  schemaVersion: z.number().int().positive().default(WORKFLOW_SCHEMA_VERSION),
  nodes: z.array(WorkflowNode).max(10_000),
  connections: z.array(Connection).max(50_000).default([]),
  /** Node id to the items that stand in for running it, in manual executions only. */
  pinnedData: z.record(z.string(), z.array(Item)).optional(),
  settings: WorkflowSettings.default({}),
  tags: z.array(z.string()).optional(),
});
export type WorkflowDocument = z.infer<typeof WorkflowDocument>;
/** What a caller may hand in: fields with defaults left out. */
export type WorkflowDocumentInput = z.input<typeof WorkflowDocument>;

export const WorkflowFileFormat = z.enum(['json', 'yaml']);
export type WorkflowFileFormat = z.infer<typeof WorkflowFileFormat>;

/** One finding of validation. `error` stops activation and running, `warning` does not. */
export const WorkflowProblem = z.object({
  severity: z.enum(['error', 'warning']),
  /** A code of the error table. */
  code: z.string(),
  message: z.string(),
  nodeId: z.string().optional(),
  nodeName: z.string().optional(),
  /** Dotted path of the field within the node or the document. */
  field: z.string().optional(),
  details: z.record(z.string(), z.unknown()).optional(),
});
export type WorkflowProblem = z.infer<typeof WorkflowProblem>;

/** A workflow as a list shows it. Times are UTC milliseconds. */
export const WorkflowSummary = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string(),
  active: z.boolean(),
  tags: z.array(z.string()),
  nodeCount: z.number().int(),
  /** Node types in use, for the icons of a list row. */
  nodeTypes: z.array(z.string()),
  revision: z.number().int(),
  /** Number of the published version, null while there is none. */
  publishedVersion: z.number().int().nullable(),
  createdAt: z.number().int(),
  updatedAt: z.number().int(),
});
export type WorkflowSummary = z.infer<typeof WorkflowSummary>;

/** A workflow with its draft. `revision` goes back with the next save; a stale one is refused. */
export const WorkflowDetail = WorkflowSummary.extend({
  document: WorkflowDocument,
  problems: z.array(WorkflowProblem),
});
export type WorkflowDetail = z.infer<typeof WorkflowDetail>;
