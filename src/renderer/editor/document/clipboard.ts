import { WorkflowDocument, type Connection, type Item, type WorkflowNode } from '../../../contract/index.ts';
import { uniqueName } from './node-names.ts';

/** Nodes with what belongs to them, as they travel through the clipboard: a workflow document like any other. */
export type Fragment = WorkflowDocument;

/** Renames one node of a document and every reference to it. */
export type RenameNode = (document: WorkflowDocument, nodeId: string, name: string) => WorkflowDocument;

export interface PasteOptions {
  /** Where the top left corner of what is pasted goes; beside the originals when absent. */
  at?: [number, number];
  newId(): string;
  rename: RenameNode;
}

const GRID = 16;
const BESIDE = 48;

/** The given nodes with the connections among them and their pinned data. */
export function copyNodes(document: WorkflowDocument, ids: ReadonlySet<string>): Fragment {
  const pinned = Object.entries(document.pinnedData ?? {}).filter(([id]) => ids.has(id));
  return {
    name: document.name,
    schemaVersion: document.schemaVersion,
    nodes: document.nodes.filter((node) => ids.has(node.id)),
    connections: document.connections.filter(({ from, to }) => ids.has(from.node) && ids.has(to.node)),
    ...(pinned.length > 0 ? { pinnedData: Object.fromEntries(pinned) } : {}),
    settings: {},
  };
}

/** Whether a text may hold a workflow, ours or a foreign one, in JSON or YAML, or a call of curl, without reading all of it. */
export function looksLikeWorkflow(text: string): boolean {
  return (
    (/^\s*[[{]/.test(text) && text.includes('"nodes"')) ||
    /^nodes:$/m.test(text) ||
    /^\s*(\$\s+)?curl(\.exe)?\s/i.test(text)
  );
}

/** The web address that is all of a text; null for anything else. */
export function addressIn(text: string): string | null {
  const trimmed = text.trim();
  return /^https?:\/\/\S+$/i.test(trimmed) && URL.canParse(trimmed) ? trimmed : null;
}

/** Reads a clipboard's text; null when it holds no workflow. */
export function parseFragment(text: string): Fragment | null {
  if (!text.trimStart().startsWith('{')) return null;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  const withName =
    value !== null && typeof value === 'object' && !('name' in value) ? { ...value, name: '-' } : value;
  const parsed = WorkflowDocument.safeParse(withName);
  return parsed.success && parsed.data.nodes.length > 0 ? parsed.data : null;
}

/** Adds a fragment's nodes under new ids and names of their own; expressions among them follow the new names. */
export function pasteFragment(
  document: WorkflowDocument,
  fragment: Fragment,
  { at, newId, rename }: PasteOptions,
): { document: WorkflowDocument; ids: string[] } {
  const renamed = renameApart(fragment, document, rename);
  const ids = new Map(renamed.nodes.map((node) => [node.id, newId()]));
  const shift = shiftOf(renamed.nodes, at);
  const nodes = renamed.nodes.map((node): WorkflowNode => ({
    ...node,
    id: ids.get(node.id)!,
    position: [node.position[0] + shift[0], node.position[1] + shift[1]],
  }));
  const connections = renamed.connections.flatMap(({ from, to }): Connection[] => {
    const [source, target] = [ids.get(from.node), ids.get(to.node)];
    return source && target ? [{ from: { ...from, node: source }, to: { ...to, node: target } }] : [];
  });
  const pinned: Record<string, Item[]> = {};
  for (const [id, items] of Object.entries(renamed.pinnedData ?? {})) {
    const target = ids.get(id);
    if (target) pinned[target] = items;
  }
  return {
    document: {
      ...document,
      nodes: [...document.nodes, ...nodes],
      connections: [...document.connections, ...connections],
      ...(Object.keys(pinned).length > 0 ? { pinnedData: { ...document.pinnedData, ...pinned } } : {}),
    },
    ids: [...ids.values()],
  };
}

function renameApart(fragment: Fragment, document: WorkflowDocument, rename: RenameNode): Fragment {
  const present = new Set(document.nodes.map((node) => node.name));
  // New names keep clear of the fragment's own too: renaming one after the other then never meets in the middle.
  const taken = new Set([...present, ...fragment.nodes.map((node) => node.name)]);
  let result = fragment;
  for (const { id, name } of fragment.nodes) {
    if (!present.has(name)) continue;
    const next = uniqueName(name, taken);
    taken.add(next);
    result = rename(result, id, next);
  }
  return result;
}

function shiftOf(nodes: readonly WorkflowNode[], at: [number, number] | undefined): [number, number] {
  if (!at) return [BESIDE, BESIDE];
  const left = Math.min(...nodes.map((node) => node.position[0]));
  const top = Math.min(...nodes.map((node) => node.position[1]));
  return [snap(at[0]) - left, snap(at[1]) - top];
}

function snap(value: number): number {
  return Math.round(value / GRID) * GRID;
}
