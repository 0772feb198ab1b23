/** How one kind of database writes what differs among them. */
export interface Dialect {
  quote(name: string): string;
  /** The n-th bound value, from 1. */
  placeholder(position: number): string;
  syntax: Syntax;
  /** Where a bound null has a type that not every column takes, it is written into the text. */
  writesNulls?: boolean;
  /** Added after a pattern of LIKE in which a backslash takes the meaning from the sign after it; mostly nothing. */
  likeEscape?: string;
}

/** What a query consists of, as far as it has to be told apart. */
export interface Syntax {
  /** The quotes that texts stand in; doubled within they stand for themselves. */
  texts: readonly string[];
  /** Whether a backslash within a text takes the meaning from the sign after it. */
  hasEscapes: boolean;
  names: readonly Stretch[];
  comments: readonly Stretch[];
  /** Stands for the next value of a list, where values have no numbers. */
  marker?: string;
}

interface Stretch {
  begins: string;
  ends: string;
}

/** `"name"`, as standard SQL writes it. */
export function doubleQuoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

export const BLOCK_COMMENT: Stretch = { begins: '/*', ends: '*/' };
export const LINE_COMMENT: Stretch = { begins: '--', ends: '\n' };
export const DOUBLE_QUOTED: Stretch = { begins: '"', ends: '"' };
