import type { Dialect } from './dialect.ts';

/** A statement and the values that are bound to it. */
export interface Bound {
  sql: string;
  values: unknown[];
}

/** A table by its name, in a schema or, where that is empty, in the one that is meant by itself. */
export interface TablePlace {
  schema: string;
  table: string;
}

/** A statement being written: text, and values that are bound to it. */
export class Statement implements Bound {
  readonly dialect: Dialect;
  readonly values: unknown[] = [];
  sql: string;

  constructor(dialect: Dialect, sql = '') {
    this.dialect = dialect;
    this.sql = sql;
  }

  add(sql: string): this {
    this.sql += sql;
    return this;
  }

  /** The placeholder of a value that is bound. */
  bind(value: unknown): string {
    if (value === null && this.dialect.writesNulls) return 'null';
    this.values.push(value);
    return this.dialect.placeholder(this.values.length);
  }

  /** Names, quoted, with commas between them. */
  names(names: readonly string[], prefix = ''): string {
    return names.map((name) => prefix + this.dialect.quote(name)).join(', ');
  }

  /** Columns to give, quoted; `*` for all. */
  columns(names: readonly string[] | '*', prefix = ''): string {
    return names === '*' ? `${prefix}*` : this.names(names, prefix);
  }

  table({ schema, table }: TablePlace): string {
    const { dialect } = this;
    return schema === '' ? dialect.quote(table) : `${dialect.quote(schema)}.${dialect.quote(table)}`;
  }

  /** `a = …` for each column, to be joined by commas or by `and`. */
  equals(values: Iterable<readonly [string, unknown]>): string[] {
    return Array.from(values, ([name, value]) => `${this.dialect.quote(name)} = ${this.bind(value)}`);
  }

  /** `(a, b) values (…), (…)`: where a row lacks a column, its default is taken. */
  tuples(rows: ReadonlyArray<ReadonlyMap<string, unknown>>, between = 'values'): string {
    const names = columnsOf(rows);
    const tuples = rows.map(
      (row) => `(${names.map((name) => (row.has(name) ? this.bind(row.get(name)) : 'default')).join(', ')})`,
    );
    return `(${this.names(names)}) ${between} ${tuples.join(', ')}`;
  }
}

/** Every column that one of the rows has. */
export function columnsOf(rows: ReadonlyArray<ReadonlyMap<string, unknown>>): string[] {
  return [...new Set(rows.flatMap((row) => [...row.keys()]))];
}
