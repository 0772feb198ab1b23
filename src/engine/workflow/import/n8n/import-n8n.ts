import {
  WORKFLOW_SCHEMA_VERSION,
  type ImportReport,
  type WorkflowDocument,
  type WorkflowNode,
} from '../../../../contract/index.ts';
import { readLinks, toConnections, usedPorts } from './import-connections.ts';
import { importNode } from './import-node.ts';
import type { MappedNode } from './mapping.ts';
import { pinnedItems } from './pinned-data.ts';
import { Findings } from './report-builder.ts';
import { N8nWorkflow } from './source-document.ts';
import { workflowSettings } from './workflow-settings.ts';

export interface N8nImport {
  document: WorkflowDocument;
  report: ImportReport;
  /** By node name: where n8n's output and input ports went, for those that moved. */
  ports: ReadonlyMap<string, Pick<MappedNode, 'outputs' | 'inputs'>>;
}

const LONGEST_NAME = 200;

/** An n8n workflow in our shape. Throws a ZodError when its list of nodes cannot be read. */
export function importN8n(value: unknown, fallbackName = 'n8n'): N8nImport {
  const source = N8nWorkflow.parse(value);
  const links = readLinks(source);
  const ports = usedPorts(links);
  const names = uniqueNames(source.nodes.map(({ name, type }) => name ?? type));
  const ids = uniqueIds(source.nodes.map(({ id }) => id));
  const imported = source.nodes.map((node, index) => {
    const name = names[index] as string;
    const used = ports.get(name) ?? { inputs: {}, outputs: {} };
    return importNode(node, { id: ids[index] as string, name, ports: used });
  });
  const byName = new Map(imported.map((one) => [one.node.name, one]));
  const findings = new Findings();
  const { connections, dropped } = toConnections(links, byName);
  for (const { to } of dropped) findings.add('unsupported', 'CONNECTION_DROPPED', { target: to });
  const { settings, notes } = workflowSettings(source.settings ?? {});
  for (const { kind, code, facts } of notes) findings.add(kind, code, facts);
  const pinnedData = importPinned(source, byName, findings);
  const tags = source.tags?.map((tag) => (typeof tag === 'string' ? tag : tag.name));
  const description = source.meta?.description;
  return {
    document: {
      name: (source.name?.trim() || fallbackName).slice(0, LONGEST_NAME),
      ...(description && { description }),
      schemaVersion: WORKFLOW_SCHEMA_VERSION,
      nodes: imported.map(({ node }) => node),
      connections,
      ...(pinnedData && { pinnedData }),
      settings,
      ...(tags && tags.length > 0 && { tags }),
    },
    report: { source: 'n8n', nodes: imported.map(({ report }) => report), findings: findings.list },
    ports: new Map(imported.map(({ node, mapped }) => [node.name, mapped])),
  };
}

function importPinned(
  { pinData }: N8nWorkflow,
  nodes: ReadonlyMap<string, { node: WorkflowNode }>,
  findings: Findings,
): WorkflowDocument['pinnedData'] {
  const pinned: Record<string, ReturnType<typeof pinnedItems>['items']> = {};
  let lostFiles = false;
  for (const [name, list] of Object.entries(pinData ?? {})) {
    const id = nodes.get(name)?.node.id;
    if (id === undefined) continue;
    const { items, hasFiles } = pinnedItems(list);
    pinned[id] = items;
    lostFiles ||= hasFiles;
  }
  if (lostFiles) findings.add('unsupported', 'PINNED_FILES_DROPPED');
  return Object.keys(pinned).length > 0 ? pinned : undefined;
}

/** Hand-edited files repeat names; expressions and connections keep finding the first one. */
function uniqueNames(wanted: readonly string[]): string[] {
  const used = new Set<string>();
  return wanted.map((name) => {
    const stem = name.slice(0, LONGEST_NAME - 8);
    let unique = name.slice(0, LONGEST_NAME);
    for (let count = 2; used.has(unique); count++) unique = `${stem} ${count}`;
    used.add(unique);
    return unique;
  });
}

function uniqueIds(wanted: ReadonlyArray<string | undefined>): string[] {
  const used = new Set<string>();
  return wanted.map((id, index) => {
    let unique = id ?? `n${index + 1}`;
    while (used.has(unique)) unique = `${unique}-${index + 1}`;
    used.add(unique);
    return unique;
  });
}
