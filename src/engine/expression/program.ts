import { HIDDEN_NAMES, SCOPE_NAMES } from '../sandbox/index.ts';
import { childrenOf, memberName, type AnyNode } from './ast.ts';
import type { Part } from './split.ts';
import { Transformer } from './transform.ts';
import { isTame } from './tame.ts';

/** An expression as the isolates run it. */
export interface Program {
  /** A function of the scope. */
  readonly source: string;
  /** Which part of `$json` has to be sent: nothing, its fields of these names, or all of it. */
  readonly json: 'none' | 'all' | readonly string[];
  /** See {@link isTame}. */
  readonly isTame: boolean;
  readonly seesOnlyItem: boolean;
}

/** Names that lead to other items, or tell where an item stands among them. */
const BEYOND_ITEM = new Set([
  ...['$', '$node', '$input', '$items', '$item', 'item', 'items', '$data'],
  ...['$itemIndex', '$position'],
]);

const NAMES = new Set([...SCOPE_NAMES, ...HIDDEN_NAMES]);

/** The program of a text's parts: the value of a lone code, a text where there is more. */
export function programOf(parts: readonly Part[]): Program {
  const used = new Set<string>();
  const fields = new Set<string>();
  const temporaries: string[] = [];
  let tame = true;
  const pieces = parts.map((part) => {
    if (part.kind === 'text') return { isText: true, source: JSON.stringify(part.text) };
    for (const statement of part.statements) {
      collect(statement, null, used, fields);
      tame &&= isTame(statement);
    }
    const { body, variables } = bodyOf(part);
    temporaries.push(...variables);
    return { isText: false, source: body };
  });
  const lone = pieces.length === 1 ? pieces[0] : undefined;
  const body =
    lone && !lone.isText
      ? lone.source
      : `return ${pieces.map(({ isText, source }) => (isText ? source : `$piece(()=>{${source}})`)).join('+')}`;
  const names = [...used].filter((name) => NAMES.has(name));
  const helpers = [body.includes('$extend(') && '$extend', body.includes('$piece(') && '$piece'].filter(
    (name) => name !== false,
  );
  return {
    source: `(function($scope){${declare([...names, ...helpers])}${body}\n})`,
    json: !used.has('$json') ? 'none' : fields.has(WHOLE) ? 'all' : [...fields],
    isTame: tame,
    seesOnlyItem: names.every((name) => !BEYOND_ITEM.has(name)),
  };
}

/** Not a name a field could have by accident: it only stands for all fields. */
const WHOLE = '\0whole';

const declare = (names: string[]) => (names.length > 0 ? `let {${names.join(',')}}=$scope;` : '');

function bodyOf({ code, statements }: Extract<Part, { kind: 'code' }>): {
  body: string;
  variables: string[];
} {
  const transformer = new Transformer(code);
  const texts = statements.map((statement) => transformer.write(statement));
  const last = statements.at(-1);
  if (!last) return { body: '', variables: [] };
  texts[texts.length - 1] = `return (${texts.at(-1)?.replace(/[;\s]+$/, '')}\n)`;
  const variables = transformer.temporaries;
  const declared = variables.length > 0 ? `let ${variables.join(',')};` : '';
  return { body: `${declared}${texts.join(';')}`, variables };
}

/** Names that are read, and the fields of `$json` that suffice. Shadowed names are counted, which costs little. */
function collect(node: AnyNode, parent: AnyNode | null, used: Set<string>, fields: Set<string>): void {
  if (node.type === 'Identifier' && isReference(node, parent)) {
    used.add(node.name as string);
    if (node.name === '$json') fields.add(WHOLE);
    return;
  }
  if (node.type === 'MemberExpression') {
    const name = memberName(node);
    const object = node.object as AnyNode;
    const isReceiver = parent?.type === 'CallExpression' && parent.callee === node;
    if (
      object.type === 'Identifier' &&
      object.name === '$json' &&
      name !== undefined &&
      name !== '__proto__' &&
      !isReceiver
    ) {
      used.add('$json');
      fields.add(name);
      return;
    }
  }
  for (const child of childrenOf(node)) collect(child, node, used, fields);
}

function isReference(node: AnyNode, parent: AnyNode | null): boolean {
  if (parent?.type === 'MemberExpression') return parent.object === node || parent.computed === true;
  if (parent?.type === 'Property')
    return parent.value === node || parent.computed === true || parent.shorthand === true;
  return true;
}
