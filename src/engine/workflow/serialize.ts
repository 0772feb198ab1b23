import type { Node } from 'yaml';
import type { WorkflowDocument, WorkflowFileFormat } from '../../contract/index.ts';
import { sortKeys } from './sort-keys.ts';

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

/** The text of a workflow file. Credentials appear by id only; their secrets are never part of a document. */
export async function serializeWorkflow(
  document: WorkflowDocument,
  format: WorkflowFileFormat,
): Promise<string> {
  return format === 'json' ? toJson(document) : toYaml(document);
}

/** Pretty JSON with fields in a fixed order, so that a change of one field is a diff of one line. */
function toJson(document: WorkflowDocument): string {
  const ordered = inOrder(document, DOCUMENT_KEYS);
  ordered['nodes'] = document.nodes.map((node) => inOrder(node, NODE_KEYS));
  return `${JSON.stringify(ordered, null, 2)}\n`;
}

/**
 * YAML for reading and comparing: keys sorted, texts of several lines as blocks, and where nodes stand in a section
 * `layout` of its own (node id to x and y), so that moving them touches nothing else. Quoted so that readers of YAML 1.1 see the same. Pinned items keep the order of
 * their fields, which tables show.
 */
async function toYaml({ nodes, pinnedData, ...rest }: WorkflowDocument): Promise<string> {
  const { Document, visit } = await import('yaml');
  const layout = Object.fromEntries(nodes.map(({ id, position }) => [id, position]));
  const sorted = sortKeys({
    ...rest,
    nodes: nodes.map(({ position: _, ...node }) => node),
    layout,
    ...(pinnedData && { pinnedData: {} }),
  }) as Record<string, unknown>;
  if (pinnedData) sorted['pinnedData'] = pinnedData;
  const yaml = new Document(sorted, { aliasDuplicateObjects: false, compat: 'yaml-1.1' });
  visit(yaml.getIn(['layout']) as Node, { Seq: (_, place) => void (place.flow = true) });
  return yaml.toString({ lineWidth: 0, blockQuote: 'literal' });
}

function inOrder<T extends object>(value: T, keys: ReadonlyArray<keyof T & string>): Record<string, unknown> {
  return Object.fromEntries(keys.filter((key) => value[key] !== undefined).map((key) => [key, value[key]]));
}
