import { SCOPE_NAMES } from '../sandbox/index.ts';
import { childrenOf, memberName, type AnyNode } from './ast.ts';
import { isExtensionCall } from './transform.ts';

/**
 * Whether an expression may run in the engine's own process: it can be interrupted at its time cap, and cannot
 * allocate more than a fixed multiple of what it is given. V8 can do neither for everything (a builtin over a made-up
 * length runs on, an allocation beyond the heap's limit ends the process), so only what is known to be tame counts;
 * the rest goes to the sandbox process.
 */
export function isTame(node: AnyNode, callbackDepth = 0): boolean {
  const inside = (child: AnyNode) => isTame(child, callbackDepth);
  switch (node.type) {
    case 'Identifier':
    case 'Super':
      return true;
    case 'Literal':
      return node.bigint === undefined;
    case 'CallExpression':
      return isTameCall(node, callbackDepth);
    case 'NewExpression':
      return isNamed(node.callee as AnyNode, 'Date') && (node.arguments as AnyNode[]).every(inside);
    case 'SpreadElement':
      return callbackDepth === 0 && inside(node.argument as AnyNode);
    default:
      return PLAIN_NODES.has(node.type) && childrenOf(node).every(inside);
  }
}

const PLAIN_NODES = new Set([
  'ExpressionStatement',
  'MemberExpression',
  'ChainExpression',
  'UnaryExpression',
  'BinaryExpression',
  'LogicalExpression',
  'ConditionalExpression',
  'ArrayExpression',
  'ObjectExpression',
  'Property',
  'TemplateLiteral',
  'TemplateElement',
  'ParenthesizedExpression',
]);

const TAME_METHODS = new Set([
  'toString',
  'toUpperCase',
  'toLowerCase',
  'trim',
  'trimStart',
  'trimEnd',
  'slice',
  'substring',
  'substr',
  'split',
  'includes',
  'startsWith',
  'endsWith',
  'indexOf',
  'lastIndexOf',
  'charAt',
  'charCodeAt',
  'at',
  'replace',
  'replaceAll',
  'match',
  'test',
  'concat',
  'localeCompare',
  'join',
  'toFixed',
  'toLocaleString',
  'toISOString',
  'getTime',
  'getFullYear',
  'getMonth',
  'getDate',
  'getDay',
  'getHours',
  'getMinutes',
  'getSeconds',
  'hasOwnProperty',
  'get',
  'getAll',
  'reverse',
  'toISO',
  'toISODate',
  'toISOTime',
  'toFormat',
  'toMillis',
  'toSeconds',
  'toUnixInteger',
  'setZone',
  'setLocale',
  'toUTC',
  'toLocal',
  'startOf',
  'endOf',
  'plus',
  'minus',
  'diff',
  'diffNow',
  'toRelative',
  'toJSDate',
  'item',
  'first',
  'last',
  'all',
  'itemMatching',
  'valueOf',
  // Methods that expressions add, but for those that take a size.
  'isEmpty',
  'isNotEmpty',
  'isNumeric',
  'isEmail',
  'isUrl',
  'isDomain',
  'extractEmail',
  'extractDomain',
  'extractUrl',
  'toDate',
  'toDateTime',
  'toBoolean',
  'toInt',
  'toFloat',
  'toNumber',
  'toSentenceCase',
  'toTitleCase',
  'toSnakeCase',
  'urlEncode',
  'urlDecode',
  'parseJson',
  'toJsonString',
  'base64Encode',
  'base64Decode',
  'hash',
  'round',
  'floor',
  'ceil',
  'abs',
  'format',
  'isEven',
  'isOdd',
  'isInteger',
  'sum',
  'average',
  'min',
  'max',
  'pluck',
  'compact',
  'keys',
  'values',
  'hasField',
  'removeField',
  'beginningOf',
  'extract',
  'isBetween',
  'isDst',
  'isInLast',
  'isWeekend',
  'diffTo',
  'diffToNow',
  'length',
  'size',
  'randomItem',
  'removeMarkdown',
  'removeTags',
  'quote',
]);

/** Their callback is the user's, so that they stop at the time cap. */
const CALLBACK_METHODS = new Set([
  'map',
  'filter',
  'find',
  'findIndex',
  'some',
  'every',
  'sort',
  'toSorted',
  'flatMap',
]);

const TAME_FUNCTIONS = new Set([
  '$',
  '$if',
  '$ifEmpty',
  '$not',
  '$min',
  '$max',
  '$items',
  '$item',
  'not',
  'min',
  'max',
  'String',
  'Number',
  'Boolean',
  'parseInt',
  'parseFloat',
  'isNaN',
  'isFinite',
  'encodeURI',
  'encodeURIComponent',
  'decodeURI',
  'decodeURIComponent',
]);

const TAME_STATICS: Readonly<Record<string, ReadonlySet<string>>> = {
  Math: new Set([
    'abs',
    'ceil',
    'floor',
    'round',
    'trunc',
    'max',
    'min',
    'random',
    'pow',
    'sqrt',
    'log',
    'log10',
    'sign',
  ]),
  JSON: new Set(['stringify', 'parse']),
  Object: new Set(['keys', 'values', 'entries', 'fromEntries', 'assign', 'hasOwn']),
  Array: new Set(['isArray']),
  Number: new Set(['isInteger', 'isFinite', 'isNaN', 'parseFloat', 'parseInt']),
  Date: new Set(['now', 'parse', 'UTC']),
  DateTime: new Set([
    'now',
    'local',
    'utc',
    'fromISO',
    'fromFormat',
    'fromMillis',
    'fromSeconds',
    'fromJSDate',
    'fromObject',
    'fromSQL',
    'fromRFC2822',
    'fromHTTP',
  ]),
  Duration: new Set(['fromMillis', 'fromObject', 'fromISO']),
};

const isNamed = (node: AnyNode, name: string) => node.type === 'Identifier' && node.name === name;

function isTameCall(node: AnyNode, callbackDepth: number): boolean {
  const callee = node.callee as AnyNode;
  const values = node.arguments as AnyNode[];
  const plainValues = () => values.every((value) => isTame(value, callbackDepth));
  if (callee.type === 'Identifier') return TAME_FUNCTIONS.has(callee.name as string) && plainValues();
  if (callee.type !== 'MemberExpression') return false;
  const name = memberName(callee);
  const object = callee.object as AnyNode;
  if (name === undefined || !isTame(object, callbackDepth)) return false;
  if (
    object.type === 'Identifier' &&
    !SCOPE_NAMES.includes(object.name as string) &&
    !isNamed(object, name)
  ) {
    const statics = TAME_STATICS[object.name as string];
    if (statics) return statics.has(name) && plainValues();
  }
  if (isNamed(object, 'DateTime') || isNamed(object, 'Duration'))
    return TAME_STATICS[object.name as string]?.has(name) === true && plainValues();
  if (CALLBACK_METHODS.has(name))
    return callbackDepth < 2 && values.every((value) => isTameCallback(value, callbackDepth + 1));
  return (TAME_METHODS.has(name) || (isExtensionCall(node) && TAME_METHODS.has(name))) && plainValues();
}

function isTameCallback(node: AnyNode, callbackDepth: number): boolean {
  if (node.type === 'Identifier') return ['Boolean', 'Number', 'String'].includes(node.name as string);
  if (node.type !== 'ArrowFunctionExpression' || node.async || !node.expression) return false;
  const simple = (node.params as AnyNode[]).every(
    (parameter) => parameter.type === 'Identifier' || isSimplePattern(parameter),
  );
  return simple && isTame(node.body as AnyNode, callbackDepth);
}

const isSimplePattern = (node: AnyNode) =>
  node.type === 'ObjectPattern' &&
  (node.properties as AnyNode[]).every(
    (property) => property.type === 'Property' && (property.value as AnyNode).type === 'Identifier',
  );
