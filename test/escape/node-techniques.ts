/** Places on the disk that the attempts are about. */
export interface Places {
  /** Where files of nodes may be. */
  allowed: string;
  /** A file beside it that nobody may see or change; it holds the text "secret". */
  secret: string;
  /** A database beside it, with a table `t` that holds the text "secret". */
  database: string;
}

/**
 * Paths given to the file nodes. In the allowed folder, `link` leads to the secret file, `folder` to the folder it is in,
 * and `loop` to itself.
 */
export const PATHS: ReadonlyArray<readonly [name: string, path: (places: Places) => string]> = [
  ['an absolute path', ({ secret }) => secret],
  ['a path with ..', () => '../secret.txt'],
  ['a path with .. in the middle', ({ allowed }) => `${allowed}/a/../../secret.txt`],
  ['a link to a file', () => 'link'],
  ['a link to a folder', () => 'folder/secret.txt'],
  ['a link that leads to itself', () => 'loop'],
  ['a file URL', ({ secret }) => `file://${secret}`],
  ['an encoded path', () => '%2e%2e/secret.txt'],
  ['a path with a null character', ({ secret }) => `a.txt\u0000/../../${secret}`],
  ['a pattern that climbs', () => '*/../../*.txt'],
  ['files of the process', () => '/proc/self/environ'],
  ['a device', () => '/dev/stdin'],
];

/** Queries of a merge node. */
export const QUERIES: ReadonlyArray<readonly [name: string, sql: (places: Places) => string]> = [
  ['a database that is attached', ({ database }) => `ATTACH '${database}' AS x; SELECT * FROM x.t`],
  [
    'a database attached by URI',
    ({ database }) => `ATTACH 'file:${database}?mode=rw' AS x; SELECT * FROM x.t`,
  ],
  ['a file written by VACUUM', ({ allowed }) => `VACUUM INTO '${allowed}/written.db'; SELECT 1 AS done`],
  ['readfile', ({ secret }) => `SELECT readfile('${secret}') AS value`],
  ['writefile', ({ allowed }) => `SELECT writefile('${allowed}/written.db', 'x') AS value`],
  ['an extension', () => `SELECT load_extension('/usr/lib/x.so') AS value`],
  [
    'a virtual table over a file',
    ({ secret }) => `CREATE VIRTUAL TABLE v USING csv(filename='${secret}'); SELECT * FROM v`,
  ],
  ['the tokenizer of full-text search', () => `SELECT fts3_tokenizer('x', X'4141414141414141') AS value`],
  [
    'a schema that is rewritten',
    () => `PRAGMA writable_schema = 1; UPDATE sqlite_master SET sql = 'x'; SELECT * FROM input1`,
  ],
  [
    'a directory for temporary files',
    ({ allowed }) =>
      `PRAGMA temp_store_directory = '${allowed}'; PRAGMA temp_store = 1; CREATE TEMP TABLE t AS SELECT 1; SELECT 1 AS done`,
  ],
];

/** Queries that would go on for ever or take all memory. */
export const BOMBS: ReadonlyArray<readonly [name: string, sql: string]> = [
  [
    'a recursion without end',
    'WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) SELECT max(n) FROM r',
  ],
  [
    'a result without end',
    `WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) SELECT printf('%.*c', 10000, 'x') AS x FROM r`,
  ],
  ['a value of enormous size', `PRAGMA hard_heap_limit = 0; SELECT hex(hex(zeroblob(400000000))) AS x`],
];
