import type { Item, WorkflowDocument } from '../../contract/index.ts';

export interface Completion {
  label: string;
  detail?: string;
  type: 'variable' | 'property' | 'function' | 'method';
  /** What is inserted in place of the label. */
  apply?: string;
  /** Higher comes first. */
  boost?: number;
}
export interface CompletionAnswer {
  /** Offset where what is being typed begins. */
  from: number;
  options: Completion[];
}

const VARIABLES = [
  '$json',
  '$binary',
  '$input',
  '$now',
  '$today',
  '$vars',
  '$env',
  '$workflow',
  '$execution',
  '$itemIndex',
  '$runIndex',
  '$prevNode',
  '$parameter',
  '$jmespath',
  '$if',
  'DateTime',
];
const NODE_MEMBERS = ['item', 'first()', 'last()', 'all()', 'params', 'isExecuted'];
const MEMBERS: Record<string, readonly string[]> = {
  $input: ['item', 'first()', 'last()', 'all()', 'params'],
  $workflow: ['id', 'name', 'active'],
  $execution: ['id', 'mode', 'resumeUrl', 'resumeFormUrl', 'customData'],
  $prevNode: ['name', 'outputIndex', 'runIndex'],
  $now: [
    'toISO()',
    "toFormat('yyyy-MM-dd')",
    'toMillis()',
    'plus({ days: 1 })',
    'minus({ days: 1 })',
    "startOf('day')",
    'year',
    'month',
    'day',
    'hour',
    'weekday',
  ],
};
const METHODS = {
  string: [
    'length',
    'toUpperCase()',
    'toLowerCase()',
    'trim()',
    'split()',
    'replace()',
    'replaceAll()',
    'includes()',
    'startsWith()',
    'endsWith()',
    'slice()',
    'toNumber()',
    'toDateTime()',
    'isEmpty()',
    'isEmail()',
    'extractEmail()',
    'extractUrl()',
    'hash()',
    'base64Encode()',
    'urlEncode()',
  ],
  number: ['toFixed()', 'round()', 'floor()', 'ceil()', 'abs()', 'toString()', 'isEven()', 'isOdd()'],
  array: [
    'length',
    'map()',
    'filter()',
    'find()',
    'join()',
    'includes()',
    'slice()',
    'reduce()',
    'first()',
    'last()',
    'unique()',
    'sum()',
    'average()',
    'pluck()',
    'isEmpty()',
    'isNotEmpty()',
    'chunk()',
  ],
  boolean: ['toString()', 'toNumber()'],
  object: ['keys()', 'values()', 'isEmpty()', 'hasField()', 'removeField()', 'merge()', 'toJsonString()'],
} as const;

/** What can follow at a place in an expression text; null outside `{{ }}` and where nothing is known. */
export function completeExpression(
  text: string,
  position: number,
  {
    items,
    itemIndex,
    document,
    nodeId,
  }: { items: readonly Item[]; itemIndex: number; document: WorkflowDocument; nodeId: string },
): CompletionAnswer | null {
  const before = text.slice(0, position);
  const opened = before.lastIndexOf('{{');
  if (opened < 0 || before.indexOf('}}', opened) >= 0) return null;
  const code = before.slice(opened + 2);

  const quoted = /\$\(\s*(["'])((?:(?!\1).)*)$/.exec(code) ?? /\$node\[\s*(["'])((?:(?!\1).)*)$/.exec(code);
  if (quoted) return { from: position - quoted[2]!.length, options: nodeNames(document, nodeId) };

  const member = /([$\w.[\]'"()\s-]*?[\w\])])\.([\w$]*)$/.exec(code);
  if (member) {
    const options = membersOf(member[1]!.trim(), items[itemIndex] ?? items[0]);
    return options.length > 0 ? { from: position - member[2]!.length, options } : null;
  }
  const word = /(?:^|[^\w$.])(\$?[\w]*)$/.exec(code);
  if (!word) return null;
  const options: Completion[] = VARIABLES.map((label) => ({ label, type: 'variable' }));
  for (const { label } of nodeNames(document, nodeId)) {
    const quotedName = `$(${JSON.stringify(label).replace(/^"|"$/g, "'")})`;
    options.push({ label: quotedName, type: 'function', apply: `${quotedName}.item.json` });
  }
  return { from: position - word[1]!.length, options };
}

function nodeNames(document: WorkflowDocument, nodeId: string): Completion[] {
  return document.nodes
    .filter(({ id }) => id !== nodeId)
    .map(({ name }) => ({ label: name, type: 'variable' }));
}

function membersOf(path: string, item: Item | undefined): Completion[] {
  if (/^\$\([^)]*\)$/.test(path)) return NODE_MEMBERS.map((label) => memberOption(label));
  if (/\$\([^)]*\)\.(item|first\(\)|last\(\))$/.test(path))
    return [
      { label: 'json', type: 'property' },
      { label: 'binary', type: 'property' },
    ];
  const known = MEMBERS[path === '$today' ? '$now' : path];
  if (known) return known.map((label) => memberOption(label));
  const value = valueAt(path.replace(/^\$input\.item\.json/, '$json'), item);
  if (value === undefined || value === null) return [];
  if (Array.isArray(value)) return METHODS.array.map((label) => memberOption(label));
  if (typeof value === 'object') {
    const fields = Object.entries(value).filter(([key]) => /^[A-Za-z_$][\w$]*$/.test(key));
    return [
      ...fields.map(([label, field]): Completion => ({
        label,
        type: 'property',
        detail: previewOf(field),
        boost: 10,
      })),
      ...METHODS.object.map((label) => memberOption(label)),
    ];
  }
  return METHODS[typeof value as 'string' | 'number' | 'boolean']?.map((label) => memberOption(label)) ?? [];
}

function memberOption(label: string): Completion {
  return { label, type: label.includes('(') ? 'method' : 'property' };
}

/** Follows a plain path such as `$json.order.lines[0]` through the item. */
function valueAt(path: string, item: Item | undefined): unknown {
  if (!item || !/^\$json(\.[\w$]+|\[\d+\]|\[(["']).*?\2\])*$/.test(path)) return undefined;
  const steps = path.slice('$json'.length).matchAll(/\.([\w$]+)|\[(\d+)\]|\[["'](.*?)["']\]/g);
  let value: unknown = item.json;
  for (const [, name, index, quoted] of steps) {
    if (value === null || typeof value !== 'object') return undefined;
    value = (value as Record<string, unknown>)[name ?? index ?? quoted ?? ''];
  }
  return value;
}

function previewOf(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
