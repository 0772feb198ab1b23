import type { WorkflowDocument } from './schemas/workflow.ts';

/** `$('Name'`, `$node["Name"`, `$items("Name"` with any kind of quotes. */
const QUOTED = /(\$\(\s*|\$node\s*\[\s*|\$items\(\s*)(["'`])((?:\\.|(?!\2)[^\\])*)\2/g;
/** `$node.Name`, for names that are identifiers. */
const DOTTED = /\$node\.([\p{ID_Start}_$][\p{ID_Continue}$]*)/gu;
const IDENTIFIER = /^[\p{ID_Start}_$][\p{ID_Continue}$]*$/u;

/**
 * Renames a node and every reference to it in the expressions and code of all nodes. The same document when there is
 * nothing to do; nodes that do not change are shared with it.
 */
export function renameNode(document: WorkflowDocument, nodeId: string, name: string): WorkflowDocument {
  const old = document.nodes.find((node) => node.id === nodeId)?.name;
  if (old === undefined || old === name) return document;
  return {
    ...document,
    nodes: document.nodes.map((node) => {
      const parameters = rewrite(node.parameters, old, name) as Record<string, unknown>;
      if (node.id === nodeId) return { ...node, name, parameters };
      return parameters === node.parameters ? node : { ...node, parameters };
    }),
  };
}

function rewrite(value: unknown, old: string, name: string): unknown {
  if (typeof value === 'string') return rewriteText(value, old, name);
  if (Array.isArray(value)) {
    const entries = value.map((entry) => rewrite(entry, old, name));
    return entries.some((entry, index) => entry !== value[index]) ? entries : value;
  }
  if (value === null || typeof value !== 'object') return value;
  const before = Object.entries(value);
  const after = before.map(([key, entry]) => [key, rewrite(entry, old, name)] as const);
  return after.some(([, entry], index) => entry !== before[index]?.[1]) ? Object.fromEntries(after) : value;
}

function rewriteText(text: string, old: string, name: string): string {
  return text
    .replace(QUOTED, (whole, opening: string, quote: string, written: string) => {
      if (written.replace(/\\(.)/g, '$1') !== old) return whole;
      return opening + quote + escapeFor(quote, name) + quote;
    })
    .replace(DOTTED, (whole, written: string) => {
      if (written !== old) return whole;
      return IDENTIFIER.test(name) ? `$node.${name}` : `$node["${escapeFor('"', name)}"]`;
    });
}

function escapeFor(quote: string, name: string): string {
  const escaped = name.replaceAll('\\', '\\\\').replaceAll(quote, `\\${quote}`);
  // Within backquotes, a name with a placeholder in it would become code.
  return quote === '`' ? escaped.replaceAll('${', '\\${') : escaped;
}
