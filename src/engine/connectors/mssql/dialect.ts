import { beginsAsRead, BLOCK_COMMENT, DOUBLE_QUOTED, LINE_COMMENT, type SqlDialect } from '../sql/index.ts';

/** Statements need nothing between them, so that one that writes may stand behind a `select`, or within it (`into`). */
const WRITES =
  /\b(?:insert|update|delete|merge|into|exec|execute|create|alter|drop|truncate|grant|revoke|deny|use|set|declare|begin|commit|rollback|backup|restore|kill|dbcc|bulk|waitfor|reconfigure|shutdown|openquery|openrowset)\b/i;
/** Texts, names and comments, in which such a word means nothing. */
const QUOTED = /'(?:[^']|'')*'|\[(?:[^\]]|\]\])*\]|"(?:[^"]|"")*"|--[^\n]*|\/\*[\s\S]*?\*\//g;

/** SQL Server. */
export const mssqlDialect: SqlDialect = {
  quote: (name) => `[${name.replaceAll(']', ']]')}]`,
  placeholder: (position) => `@p${position}`,
  syntax: {
    texts: ["'"],
    hasEscapes: false,
    names: [DOUBLE_QUOTED, { begins: '[', ends: ']' }],
    comments: [LINE_COMMENT, BLOCK_COMMENT],
  },
  // 2100 with the two that the statement and the list of their types take.
  mostValues: 2098,
  knowsZones: false,
  writesNulls: true,
  likeEscape: " escape '\\'",
  readsOnly: (query) => beginsAsRead(query) && !WRITES.test(query.replace(QUOTED, ' ')),
  select: ({ columns, from, order, limit }) =>
    `select ${limit > 0 ? `top (${limit}) ` : ''}${columns} ${from}${order}`,
};
