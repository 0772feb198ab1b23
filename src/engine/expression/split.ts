import { parse, parseExpressionAt, type Options } from 'acorn';
import { EngineError } from '../kernel/index.ts';
import type { AnyNode } from './ast.ts';

export type Part =
  | { kind: 'text'; text: string }
  /** `statements` end with the expression that is the value; empty for `{{ }}`. Offsets are those of `code`. */
  | { kind: 'code'; code: string; position: number; statements: AnyNode[] };

const OPTIONS: Options = { ecmaVersion: 'latest', sourceType: 'script' };
/** Ends tried for one `{{`. Each try parses, so a text made of braces must not cost the square of its length. */
const MAX_ENDS = 100;

/** Takes a text apart at its `{{ }}`. A `}}` within a string or an object does not end the code. */
export function splitText(text: string): Part[] {
  const parts: Part[] = [];
  let literal = '';
  let at = 0;
  while (at < text.length) {
    const open = text.indexOf('{{', at);
    if (open < 0) break;
    if (text[open - 1] === '\\') {
      literal += `${text.slice(at, open - 1)}{{`;
      at = open + 2;
      continue;
    }
    literal += text.slice(at, open);
    if (literal !== '') parts.push({ kind: 'text', text: literal });
    literal = '';
    const { part, end } = readCode(text, open + 2);
    parts.push(part);
    at = end;
  }
  literal += text.slice(at);
  if (literal !== '' || parts.length === 0) parts.push({ kind: 'text', text: literal });
  return parts;
}

function readCode(text: string, start: number): { part: Part; end: number } {
  let failure: { reason: string; position: number } | undefined;
  let end = text.indexOf('}}', start);
  for (let tries = 0; end >= 0 && tries < MAX_ENDS; tries++, end = text.indexOf('}}', end + 1)) {
    const code = text.slice(start, end);
    const parsed = parseCode(code);
    if (Array.isArray(parsed))
      return { part: { kind: 'code', code, position: start, statements: parsed }, end: end + 2 };
    // An error before the end of the shortest candidate is the one the user made.
    if (!failure || parsed.position > failure.position - start)
      failure = { reason: parsed.reason, position: start + parsed.position };
    if (parsed.position < code.trimEnd().length && !parsed.isOpen) break;
  }
  failure ??= { reason: '"{{" is not closed by "}}"', position: start - 2 };
  throw new EngineError('EXPRESSION_SYNTAX', failure);
}

function parseCode(code: string): AnyNode[] | { reason: string; position: number; isOpen: boolean } {
  if (code.trim() === '') return [];
  try {
    const expression = parseExpressionAt(code, 0, OPTIONS) as unknown as AnyNode;
    if (isOnlyTrivia(code.slice(expression.end))) return [expression];
  } catch {
    // It may still be statements; their parser's message is the one to show.
  }
  try {
    const program = parse(code, { ...OPTIONS, allowReturnOutsideFunction: false }) as unknown as AnyNode;
    const statements = program.body as AnyNode[];
    if (statements.at(-1)?.type === 'ExpressionStatement') return statements;
    return { reason: 'it has no value: it must end with an expression', position: 0, isOpen: true };
  } catch (error) {
    const { message, pos } = error as SyntaxError & { pos: number };
    const reason = message.replace(/ \(\d+:\d+\)$/, '');
    return { reason, position: pos, isOpen: pos >= code.length || /^Unterminated/.test(reason) };
  }
}

const isOnlyTrivia = (rest: string) => /^(?:\s|;|\/\/[^\n]*(?:\n|$)|\/\*[^]*?\*\/)*$/.test(rest);
