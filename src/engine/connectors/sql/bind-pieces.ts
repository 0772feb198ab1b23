import { NodeError, type TextPiece } from '../../node-kit/index.ts';
import type { Dialect } from './dialect.ts';
import type { Bound } from './statement.ts';

/**
 * A query in which each expression has become a bound parameter, so that no value is ever read as SQL. An expression within
 * a quoted text makes the whole text one parameter: `'%{{ $json.name }}%'` is bound as the text it spells; one within a
 * comment is left out. `given` are the values of a list: the first ones where parameters have numbers, else one for each
 * marker. Throws PARAMETER_INVALID for an expression within a quoted name, and where markers and values differ in number.
 */
export function bindPieces(
  pieces: readonly TextPiece[],
  dialect: Dialect,
  given: readonly unknown[] = [],
): Bound {
  const writer = new Writer(dialect, given);
  for (const piece of pieces) {
    if ('value' in piece) writer.value(piece.value);
    else writer.text(piece.text);
  }
  return writer.end();
}

/** A quoted text as pieces, and as it was written. */
interface Quoted {
  quote: string;
  parts: TextPiece[];
  source: string;
}

class Writer {
  readonly #dialect: Dialect;
  /** Values of the list that no marker took yet. */
  readonly #given: unknown[];
  readonly #values: unknown[];
  #sql = '';
  /** The quoted text under way. */
  #quoted: Quoted | null = null;
  /** Where quotes are none: how such a stretch ends. */
  #stretch: { ends: string; isName: boolean } | null = null;

  constructor(dialect: Dialect, given: readonly unknown[]) {
    const hasMarkers = dialect.syntax.marker !== undefined;
    this.#dialect = dialect;
    this.#given = hasMarkers ? [...given] : [];
    this.#values = hasMarkers ? [] : [...given];
  }

  value(value: unknown): void {
    if (this.#quoted) this.#quoted.parts.push({ value });
    else if (!this.#stretch) this.#sql += this.#bind(value);
    else if (this.#stretch.isName)
      throw invalid('query', 'an expression stands for a value, and cannot be part of a quoted name');
  }

  text(text: string): void {
    for (let at = 0; at < text.length;) at += this.#take(text, at);
  }

  end(): Bound {
    if (this.#given.length > 0)
      throw invalid('values', 'there are more values than the query has places for');
    // An open quote is the database's to refuse, with its own words.
    return { sql: this.#sql + (this.#quoted?.source ?? ''), values: this.#values };
  }

  /** Takes what begins there; gives its length. */
  #take(text: string, at: number): number {
    if (this.#quoted) return this.#takeQuoted(text, at, this.#quoted);
    if (this.#stretch) {
      const { ends } = this.#stretch;
      const isEnd = text.startsWith(ends, at);
      if (isEnd) this.#stretch = null;
      return this.#write(isEnd ? ends : (text[at] ?? ''));
    }
    const { texts, names, comments, marker } = this.#dialect.syntax;
    const sign = text[at] ?? '';
    if (texts.includes(sign)) {
      this.#quoted = { quote: sign, parts: [], source: sign };
      return 1;
    }
    if (sign === marker) {
      if (this.#given.length === 0)
        throw invalid('values', 'the query has more places than there are values');
      this.#sql += this.#bind(this.#given.shift());
      return 1;
    }
    const begins = (stretch: { begins: string }) => text.startsWith(stretch.begins, at);
    const name = names.find(begins);
    const stretch = name ?? comments.find(begins);
    if (stretch) this.#stretch = { ends: stretch.ends, isName: stretch === name };
    return this.#write(stretch?.begins ?? sign);
  }

  #takeQuoted(text: string, at: number, quoted: Quoted): number {
    const { quote } = quoted;
    const isDoubled = text.startsWith(quote + quote, at);
    if (text[at] === quote && !isDoubled) {
      quoted.source += quote;
      this.#sql += this.#close(quoted);
      this.#quoted = null;
      return 1;
    }
    const isEscaped = this.#dialect.syntax.hasEscapes && text[at] === '\\' && at + 1 < text.length;
    const source = isDoubled || isEscaped ? text.slice(at, at + 2) : (text[at] ?? '');
    const meant = isEscaped ? unescaped(source) : (text[at] ?? '');
    quoted.source += source;
    const last = quoted.parts.at(-1);
    if (last && 'text' in last) last.text += meant;
    else quoted.parts.push({ text: meant });
    return source.length;
  }

  /** Texts without an expression stay as they were written; one that is an expression only keeps its type. */
  #close({ parts, source }: Quoted): string {
    if (!parts.some((part) => 'value' in part)) return source;
    const [only, ...others] = parts;
    if (only && 'value' in only && others.length === 0) return this.#bind(only.value);
    return this.#bind(parts.map((part) => ('text' in part ? part.text : spell(part.value))).join(''));
  }

  #bind(value: unknown): string {
    this.#values.push(value);
    return this.#dialect.placeholder(this.#values.length);
  }

  #write(text: string): number {
    this.#sql += text;
    return text.length;
  }
}

function spell(value: unknown): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value as string | number | boolean);
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', 0: '\0', Z: '\x1a' };

/** What a backslash and a sign stand for. Before the wildcards of LIKE the backslash stays, as MySQL has it. */
function unescaped(pair: string): string {
  const sign = pair[1] ?? '';
  return sign === '%' || sign === '_' ? pair : (ESCAPES[sign] ?? sign);
}

function invalid(parameter: string, reason: string): NodeError {
  return new NodeError('PARAMETER_INVALID', { field: parameter, parameter, reason });
}
