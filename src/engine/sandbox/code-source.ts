import { parse, type Node } from 'acorn';
import { SCOPE_NAMES } from './runtime/names.ts';

/** Names that only code has, besides those it shares with expressions. */
const CODE_NAMES = [
  ...SCOPE_NAMES,
  ...['console', 'setTimeout', 'clearTimeout', 'Buffer'],
  ...['$getWorkflowStaticData', 'getWorkflowStaticData'],
];

/**
 * The text that the sandbox compiles: the code as the body of an async function, inside one that gives it its names.
 * Names that are assigned to without being declared become variables of the run, since globals are frozen.
 * Throws acorn's SyntaxError (with `loc`) for code that is not valid.
 */
export function wrapCode(code: string): string {
  const wrapped = `async function f() {\n${code}\n}`;
  const program = parse(wrapped, { ecmaVersion: 'latest', sourceType: 'script', locations: true });
  const used = new Set<string>();
  const declared = new Set<string>();
  const assigned = new Set<string>();
  visit(program, used, declared, assigned);
  const names = CODE_NAMES.filter((name) => used.has(name));
  const loose = [...assigned].filter(
    (name) => !declared.has(name) && !names.includes(name) && !(name in globalThis),
  );
  const preamble = `${names.length > 0 ? `let {${names.join(',')}}=$scope;` : ''}${loose.length > 0 ? `let ${loose.join(',')};` : ''}`;
  return `(function($scope){${preamble}return async function(){\n${code}\n}})\n//# sourceURL=guixu-code`;
}

type AnyNode = Node & Record<string, unknown>;
const isNode = (value: unknown): value is AnyNode =>
  typeof value === 'object' && value !== null && 'type' in value;

function visit(node: Node, used: Set<string>, declared: Set<string>, assigned: Set<string>): void {
  const any = node as AnyNode;
  if (node.type === 'Identifier') used.add(any.name as string);
  if (node.type === 'VariableDeclarator') patternNames(any.id as AnyNode, declared);
  if (/Function|Class/.test(node.type)) {
    if (isNode(any.id)) patternNames(any.id, declared);
    for (const parameter of (any.params as AnyNode[] | undefined) ?? []) patternNames(parameter, declared);
  }
  if (node.type === 'CatchClause' && isNode(any.param)) patternNames(any.param, declared);
  if (node.type === 'AssignmentExpression') patternNames(any.left as AnyNode, assigned);
  if (
    (node.type === 'ForOfStatement' || node.type === 'ForInStatement') &&
    isNode(any.left) &&
    any.left.type !== 'VariableDeclaration'
  ) {
    patternNames(any.left, assigned);
  }
  for (const value of Object.values(any)) {
    for (const child of Array.isArray(value) ? (value as unknown[]) : [value]) {
      if (isNode(child)) visit(child, used, declared, assigned);
    }
  }
}

/** Names that a pattern binds. */
function patternNames(pattern: AnyNode | null, names: Set<string>): void {
  switch (pattern?.type) {
    case 'Identifier':
      names.add(pattern.name as string);
      break;
    case 'ObjectPattern':
      for (const property of pattern.properties as AnyNode[])
        patternNames((property.value ?? property.argument) as AnyNode, names);
      break;
    case 'ArrayPattern':
      for (const element of pattern.elements as Array<AnyNode | null>) patternNames(element, names);
      break;
    case 'AssignmentPattern':
      patternNames(pattern.left as AnyNode, names);
      break;
    case 'RestElement':
      patternNames(pattern.argument as AnyNode, names);
      break;
  }
}
