import type { WorkflowDocument } from '../../contract/index.ts';

const DOCUMENT_KEYS: ReadonlyArray<keyof WorkflowDocument> = [
  'id',
  'name',
  'description',
  'schemaVersion',
  'nodes',
  'connections',
  'pinnedData',
  'settings',
  'tags',
];
const NODE_KEYS = [
  'id',
  'name',
  'type',
  'typeVersion',
  'position',
  'parameters',
  'credentials',
  'disabled',
  'notes',
  'onError',
  'retry',
  'timeoutMs',
  'onReplay',
  'alwaysOutput',
  'executeOnce',
] as const satisfies ReadonlyArray<keyof WorkflowDocument['nodes'][number]>;

/**
 * The text of a workflow file: pretty JSON with fields in a fixed order, so that a change of one field is a diff of
 * one line. Credentials appear by id only; their secrets are never part of a document.
 */
export function serializeWorkflow(document: WorkflowDocument): string {
  const ordered = inOrder(document, DOCUMENT_KEYS);
  ordered['nodes'] = document.nodes.map((node) => inOrder(node, NODE_KEYS));
  return `${JSON.stringify(ordered, null, 2)}\n`;
}

function inOrder<T extends object>(value: T, keys: ReadonlyArray<keyof T & string>): Record<string, unknown> {
  return Object.fromEntries(keys.filter((key) => value[key] !== undefined).map((key) => [key, value[key]]));
}
