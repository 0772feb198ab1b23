import type { WorkflowDocument } from '../../../contract/index.ts';

/** Renames a node and every reference to it in expressions and code: `$('Name')`, `$node["Name"]`, `$items("Name")`. */
export function renameNode(document: WorkflowDocument, nodeId: string, name: string): WorkflowDocument {
  const old = document.nodes.find((node) => node.id === nodeId)?.name;
  if (old === undefined || old === name) return document;
  return {
    ...document,
    nodes: document.nodes.map((node) => {
      const parameters = rewrite(node.parameters, old, name) as Record<string, unknown>;
      return node.id === nodeId
        ? { ...node, name, parameters }
        : parameters === node.parameters
          ? node
          : { ...node, parameters };
    }),
  };
}

function rewrite(value: unknown, old: string, name: string): unknown {
  if (typeof value === 'string') return rewriteText(value, old, name);
  if (Array.isArray(value)) {
    const next = value.map((entry) => rewrite(entry, old, name));
    return next.some((entry, index) => entry !== value[index]) ? next : value;
  }
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value);
  const next = entries.map(([key, entry]) => [key, rewrite(entry, old, name)] as const);
  return next.some(([, entry], index) => entry !== entries[index]![1]) ? Object.fromEntries(next) : value;
}

const REFERENCE = /(\$\(\s*|\$node\[\s*|\$items\(\s*)(["'`])((?:\\.|(?!\2)[^\\])*)\2/g;

function rewriteText(text: string, old: string, name: string): string {
  return text.replace(REFERENCE, (whole, opening: string, quote: string, written: string) => {
    if (written.replace(/\\(.)/g, '$1') !== old) return whole;
    return `${opening}${quote}${name.replaceAll('\\', '\\\\').replaceAll(quote, `\\${quote}`)}${quote}`;
  });
}
