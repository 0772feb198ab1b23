import { NodeError, type TextPiece } from '../../node-kit/index.ts';

export interface BoundQuery {
  sql: string;
  values: unknown[];
}

/** Where quotes are none, by how such a stretch begins, and how it ends. */
const STRETCHES = [
  { begins: '--', ends: '\n', isName: false },
  { begins: '/*', ends: '*/', isName: false },
  { begins: '"', ends: '"', isName: true },
  { begins: '`', ends: '`', isName: true },
] as const;

/**
 * A query in which each expression has become a bound parameter, so that no value is ever read as SQL. An expression within
 * a quoted text makes the whole text one parameter: `'%{{ $json.name }}%'` is bound as the text it spells; one within a
 * comment is left out. `placeholder` gives the n-th parameter, from 1. Throws PARAMETER_INVALID for an expression within a
 * quoted name.
 */
export function bindPieces(
  pieces: readonly TextPiece[],
  placeholder: (position: number) => string,
): BoundQuery {
  const writer = new Writer(placeholder);
  for (const piece of pieces) {
    if ('value' in piece) writer.value(piece.value);
    else writer.text(piece.text);
  }
  return writer.end();
}

/** A quoted text as pieces, and as it was written. */
interface Quoted {
  parts: TextPiece[];
  source: string;
}

class Writer {
  readonly #placeholder: (position: number) => string;
  readonly #values: unknown[] = [];
  #sql = '';
  /** The quoted text under way. */
  #quoted: Quoted | null = null;
  #stretch: (typeof STRETCHES)[number] | null = null;

  constructor(placeholder: (position: number) => string) {
    this.#placeholder = placeholder;
  }

  value(value: unknown): void {
    if (this.#quoted) this.#quoted.parts.push({ value });
    else if (!this.#stretch) this.#sql += this.#bind(value);
    else if (this.#stretch.isName)
      throw new NodeError('PARAMETER_INVALID', {
        field: 'query',
        parameter: 'query',
        reason: 'an expression stands for a value, and cannot be part of a quoted name',
      });
  }

  text(text: string): void {
    for (let at = 0; at < text.length;) at += this.#take(text, at);
  }

  end(): BoundQuery {
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
    if (text[at] === "'") {
      this.#quoted = { parts: [], source: "'" };
      return 1;
    }
    const stretch = STRETCHES.find(({ begins }) => text.startsWith(begins, at));
    if (stretch) this.#stretch = stretch;
    return this.#write(stretch?.begins ?? text[at] ?? '');
  }

  #takeQuoted(text: string, at: number, quoted: Quoted): number {
    const isDoubled = text.startsWith("''", at);
    const source = isDoubled ? "''" : (text[at] ?? '');
    quoted.source += source;
    if (text[at] === "'" && !isDoubled) {
      this.#sql += this.#close(quoted);
      this.#quoted = null;
      return 1;
    }
    const last = quoted.parts.at(-1);
    if (last && 'text' in last) last.text += text[at];
    else quoted.parts.push({ text: text[at] ?? '' });
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
    return this.#placeholder(this.#values.length);
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
