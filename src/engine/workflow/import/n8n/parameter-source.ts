type Raw = Readonly<Record<string, unknown>>;

/**
 * The parameters of an n8n node, read one by one. What a mapping has not read by the end has no counterpart and goes
 * into the report, so that nothing is lost in silence. n8n leaves out parameters that have their default value:
 * every read names the default of the node's version.
 */
export class ParameterSource {
  readonly #values: Raw;
  readonly #path: string;
  readonly #taken = new Set<string>();
  readonly #children: ParameterSource[] = [];

  constructor(values: Raw, path = '') {
    this.#values = values;
    this.#path = path;
  }

  /** The value as it is: a literal, or a text that begins with `=` for an expression. */
  take(name: string, fallback?: unknown): unknown {
    this.#taken.add(name);
    const value = Object.hasOwn(this.#values, name) ? this.#values[name] : undefined;
    return value === undefined ? fallback : value;
  }

  /** A text or expression; other literals as text. */
  text(name: string, fallback = ''): string {
    const value = this.take(name, fallback);
    if (typeof value === 'string') return value;
    if (value === null || value === undefined) return fallback;
    return typeof value === 'object' ? JSON.stringify(value) : String(value);
  }

  /** A number or an expression; a text that spells a number is one. */
  number(name: string, fallback: number): number | string {
    const value = this.take(name, fallback);
    if (typeof value === 'number' || isExpression(value)) return value as number | string;
    const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : NaN;
    return Number.isNaN(number) ? fallback : number;
  }

  /** True or false, or an expression. */
  flag(name: string, fallback = false): boolean | string {
    const value = this.take(name, fallback);
    return isExpression(value) ? (value as string) : value === true || value === 'true';
  }

  /** A list of texts, also where n8n wrote them as one text with commas. */
  names(name: string): string[] {
    const value = this.take(name, []);
    const list = Array.isArray(value) ? value : typeof value === 'string' ? value.split(',') : [];
    return list.map((entry) => String(entry).trim()).filter((entry) => entry !== '');
  }

  /** A nested group of parameters, such as `options`; empty when absent. */
  child(name: string): ParameterSource {
    return this.#sub(this.take(name), name);
  }

  /**
   * The rows of a repeated group: n8n keeps them as `{ [name]: { [row]: [...] } }`, and a group that is not repeated
   * as `{ [name]: { [row]: {...} } }`.
   */
  rows(name: string, row: string): ParameterSource[] {
    const group = this.child(name);
    const value = group.take(row, []);
    const list = Array.isArray(value) ? value : [value];
    return list.map((entry, index) => group.#sub(entry, Array.isArray(value) ? `${row}.${index}` : row));
  }

  /** Rows of a list that is written as text; `entries` is the text's value. */
  listOf(name: string, entries: readonly unknown[]): ParameterSource[] {
    return entries.map((entry, index) => this.#sub(entry, `${name}.${index}`));
  }

  /** Whether it is set at all. */
  has(name: string): boolean {
    return Object.hasOwn(this.#values, name) && this.#values[name] !== undefined;
  }

  /** Marks parameters that mean nothing here: shown by n8n's editor only, or what this program does anyway. */
  ignore(...names: string[]): void {
    for (const name of names) this.#taken.add(name);
  }

  /** Marks everything below as read, where the mapping takes the values as a whole. */
  takeAll(): Raw {
    for (const name of Object.keys(this.#values)) this.#taken.add(name);
    return this.#values;
  }

  /** What was never read, as dotted paths with values. Empty groups and lists say nothing and are left out. */
  untaken(): Array<{ path: string; value: unknown }> {
    const own = Object.entries(this.#values)
      .filter(([name, value]) => !this.#taken.has(name) && !isEmpty(value))
      .map(([name, value]) => ({ path: this.#path + name, value }));
    return [...own, ...this.#children.flatMap((child) => child.untaken())];
  }

  #sub(value: unknown, name: string): ParameterSource {
    const values = typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Raw) : {};
    const child = new ParameterSource(values, `${this.#path}${name}.`);
    this.#children.push(child);
    return child;
  }
}

export function isExpression(value: unknown): boolean {
  return typeof value === 'string' && value.startsWith('=');
}

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return true;
  return typeof value === 'object' && Object.values(value).every(isEmpty);
}
