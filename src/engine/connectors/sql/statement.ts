/** How one kind of database writes what differs among them. */
export interface Dialect {
  quote(name: string): string;
  /** The n-th bound value, from 1. */
  placeholder(position: number): string;
}

/** A statement being written: text, and values that are bound to it. */
export class Statement {
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
    this.values.push(value);
    return this.dialect.placeholder(this.values.length);
  }

  /** Names, quoted, with commas between them. */
  names(names: readonly string[]): string {
    return names.map((name) => this.dialect.quote(name)).join(', ');
  }
}

/** `"name"`, as standard SQL and PostgreSQL write it. */
export function doubleQuoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
