import { memberName, type AnyNode } from './ast.ts';

/** Where a static path begins. */
export type PathRoot =
  | { kind: 'json' }
  | { kind: 'binary' }
  | { kind: 'item-index' }
  | { kind: 'run-index' }
  | { kind: 'constant'; value: string | number | boolean | null }
  /** `$node["name"]`: the item with the same index. */
  | { kind: 'node'; name: string }
  /** `$('name').item`, `.first()`, `.last()`. */
  | { kind: 'related'; name: string; which: 'item' | 'first' | 'last' };

export interface StaticPath {
  root: PathRoot;
  keys: readonly string[];
}

/** The path an expression is, where it is nothing but a path; null where it needs an evaluator. */
export function staticPathOf(node: AnyNode): StaticPath | null {
  if (node.type === 'Literal') {
    const { value } = node;
    const isPlain = value === null || ['string', 'number', 'boolean'].includes(typeof value);
    // The literal of a regular expression or bigint that this engine does not know has the value null, too.
    return isPlain && !node.regex && !node.bigint
      ? { root: { kind: 'constant', value: value as string }, keys: [] }
      : null;
  }
  const keys: string[] = [];
  let at = node.type === 'ChainExpression' ? (node.expression as AnyNode) : node;
  while (at.type === 'MemberExpression') {
    const key = memberName(at);
    // Not an own property in the isolate either, but there it gives an object.
    if (key === undefined || key === '__proto__') return null;
    const which = key === 'item' ? relatedNode(at.object as AnyNode) : null;
    if (which !== null) return dataPath({ kind: 'related', name: which, which: 'item' }, keys);
    keys.unshift(key);
    at = at.object as AnyNode;
  }
  if (at.type === 'CallExpression') return callPath(at, keys);
  if (at.type !== 'Identifier') return null;
  return namePath(at.name as string, keys);
}

function namePath(name: string, keys: string[]): StaticPath | null {
  switch (name) {
    case '$json':
      return { root: { kind: 'json' }, keys };
    case '$binary':
      return { root: { kind: 'binary' }, keys };
    case '$input': {
      if (keys[0] !== 'item') return null;
      if (keys[1] === 'json') return { root: { kind: 'json' }, keys: keys.slice(2) };
      return keys[1] === 'binary' && keys.length > 2
        ? { root: { kind: 'binary' }, keys: keys.slice(2) }
        : null;
    }
    case '$itemIndex':
      return keys.length === 0 ? { root: { kind: 'item-index' }, keys } : null;
    case '$runIndex':
      return keys.length === 0 ? { root: { kind: 'run-index' }, keys } : null;
    case '$node':
      return keys.length > 1 ? dataPath({ kind: 'node', name: keys[0] as string }, keys.slice(1)) : null;
    default:
      return null;
  }
}

/** `$('name').first()` and `.last()` without arguments. */
function callPath(node: AnyNode, keys: string[]): StaticPath | null {
  const callee = node.callee as AnyNode;
  if ((node.arguments as unknown[]).length > 0 || callee.type !== 'MemberExpression') return null;
  const which = memberName(callee);
  if (which !== 'first' && which !== 'last') return null;
  const name = relatedNode(callee.object as AnyNode);
  return name === null ? null : dataPath({ kind: 'related', name, which }, keys);
}

function relatedNode(node: AnyNode): string | null {
  if (node.type !== 'CallExpression') return null;
  const callee = node.callee as AnyNode;
  const [argument, ...more] = node.arguments as AnyNode[];
  if (callee.type !== 'Identifier' || callee.name !== '$' || more.length > 0) return null;
  return argument?.type === 'Literal' && typeof argument.value === 'string' && argument.value !== ''
    ? argument.value
    : null;
}

const dataPath = (root: PathRoot, keys: string[]): StaticPath | null =>
  keys[0] === 'json' || keys[0] === 'binary' ? { root, keys } : null;
