import {
  beginsAsRead,
  BLOCK_COMMENT,
  DOUBLE_QUOTED,
  doubleQuoted,
  LINE_COMMENT,
  type SqlDialect,
} from '../sql/index.ts';

export const postgresDialect: SqlDialect = {
  quote: doubleQuoted,
  placeholder: (position) => `$${position}`,
  syntax: {
    texts: ["'"],
    hasEscapes: false,
    names: [DOUBLE_QUOTED],
    comments: [LINE_COMMENT, BLOCK_COMMENT],
  },
  // The protocol counts them with 16 bits.
  mostValues: 65_535,
  knowsZones: true,
  readsOnly: beginsAsRead,
  select: ({ columns, from, order, limit }) =>
    `select ${columns} ${from}${order}${limit > 0 ? ` limit ${limit}` : ''}`,
};
