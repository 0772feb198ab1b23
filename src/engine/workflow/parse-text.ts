import { messageOf } from '../kernel/index.ts';
import { invalidFile } from './invalid-file.ts';
import { jsonErrorPosition } from './json-error-position.ts';

/**
 * The value in the text of a workflow file, JSON or YAML, told apart by how it begins. Throws WORKFLOW_FILE_INVALID
 * with line and column, both from 1.
 */
export async function parseText(text: string, file?: string): Promise<unknown> {
  // Editors on Windows put a byte order mark in front, which JSON does not allow.
  const content = text.replace(/^\uFEFF/, '');
  const isYaml = /^\s*[^\s[{]/.test(content) && (/\.ya?ml$/i.test(file ?? '') || /^nodes:/m.test(content));
  return isYaml ? parseYaml(content, file) : parseJson(content, file);
}

function parseJson(text: string, file: string | undefined): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw invalidFile([{ path: '', reason: describeJsonError(text, cause) }], file, cause);
  }
}

async function parseYaml(text: string, file: string | undefined): Promise<unknown> {
  const { parse, YAMLParseError } = await import('yaml');
  try {
    return withPositions(parse(text, { prettyErrors: true, logLevel: 'error' }));
  } catch (cause) {
    // The first line says what and where; a picture of the place follows.
    const reason = messageOf(cause)
      .split('\n', 1)[0]!
      .replace(/ at line (\d+), column (\d+):?$/, ' (line $1, column $2)');
    if (cause instanceof YAMLParseError || cause instanceof ReferenceError || cause instanceof TypeError)
      throw invalidFile([{ path: '', reason }], file, cause);
    throw cause;
  }
}

/** Puts what the section `layout` says back into the nodes. */
function withPositions(value: unknown): unknown {
  if (!isObject(value) || !isObject(value['layout']) || !Array.isArray(value['nodes'])) return value;
  const { layout, nodes, ...rest } = value as { layout: Record<string, unknown>; nodes: unknown[] };
  return {
    ...rest,
    nodes: nodes.map((node) => {
      if (!isObject(node) || typeof node['id'] !== 'string' || !Object.hasOwn(layout, node['id']))
        return node;
      return { ...node, position: layout[node['id']] };
    }),
  };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function describeJsonError(text: string, cause: unknown): string {
  const message = messageOf(cause).replace(/ (?:in JSON )?at position .*$/s, '');
  const position = jsonErrorPosition(text);
  if (position === null) return message;
  const before = text.slice(0, position).split('\n');
  return `${message} (line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1})`;
}
