import { beginsAsRead, BLOCK_COMMENT, type SqlDialect } from '../sql/index.ts';

/** MySQL and MariaDB as they are by default: double quotes are texts, and backslashes mean something. */
export const mysqlDialect: SqlDialect = {
  quote: (name) => `\`${name.replaceAll('`', '``')}\``,
  placeholder: () => '?',
  syntax: {
    texts: ["'", '"'],
    hasEscapes: true,
    names: [{ begins: '`', ends: '`' }],
    // Two dashes begin a comment only before a space: `5--3` is 8.
    comments: [
      { begins: '-- ', ends: '\n' },
      { begins: '--\t', ends: '\n' },
      { begins: '#', ends: '\n' },
      BLOCK_COMMENT,
    ],
    marker: '?',
  },
  // The protocol counts them with 16 bits.
  mostValues: 65_535,
  knowsZones: false,
  readsOnly: beginsAsRead,
  select: ({ columns, from, order, limit }) =>
    `select ${columns} ${from}${order}${limit > 0 ? ` limit ${limit}` : ''}`,
};
