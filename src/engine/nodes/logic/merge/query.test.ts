import { describe, expect, it } from 'vitest';
import { query } from './query.task.ts';

const people = [
  { id: 1, name: '李雷', active: true, tags: ['a'] },
  { id: 2, name: '韩梅梅', active: false, tags: [] },
];
const orders = [
  { person: 1, sum: 5.5 },
  { person: 1, sum: 4 },
];
const run = (sql: string, inputs: Array<Array<Record<string, unknown>>> = [people, orders]) =>
  query({ sql, inputs });

describe('query', () => {
  it('joins and groups the inputs', async () => {
    const sql = `SELECT p.name, SUM(o.sum) AS total FROM input1 p LEFT JOIN input2 o ON p.id = o.person
      GROUP BY p.id ORDER BY p.id`;
    expect(await run(sql)).toEqual([
      { name: '李雷', total: 9.5 },
      { name: '韩梅梅', total: null },
    ]);
  });

  it('gives booleans, objects and lists as they were', async () => {
    expect(await run('SELECT * FROM input1')).toEqual(people);
    expect(await run('SELECT name FROM input1 WHERE active')).toEqual([{ name: '李雷' }]);
    expect(await run("SELECT tags ->> '$[0]' AS tag, X'6869' AS bytes FROM input1 LIMIT 1")).toEqual([
      { tag: 'a', bytes: 'aGk=' },
    ]);
  });

  it('takes any name for a column', async () => {
    const row = { 'a b': 1, 'x"y': 2, A: 3, a: 4, select: 5 };
    expect(await run('SELECT * FROM input1', [[row]])).toEqual([
      { 'a b': 1, 'x"y': 2, A: 3, a_2: 4, select: 5 },
    ]);
  });

  it('runs several statements and gives the rows of the last one with any', async () => {
    const sql = 'CREATE TEMP TABLE t AS SELECT id FROM input1; SELECT 1; SELECT id FROM t; DROP TABLE t;';
    expect(await run(sql)).toEqual([{ id: 1 }, { id: 2 }]);
    expect(await run('')).toEqual([]);
  });

  it('finds nothing in an input without items, whatever its columns would be', async () => {
    expect(
      await run('SELECT a.name, b.sum FROM input1 a LEFT JOIN input2 b ON a.id = b.person', [people, []]),
    ).toEqual([
      { name: '李雷', sum: null },
      { name: '韩梅梅', sum: null },
    ]);
    expect(await run('SELECT x FROM input1', [[]])).toEqual([]);
  });

  it('says what is wrong with a query', async () => {
    await expect(run('SELEC 1')).rejects.toMatchObject({
      code: 'SQL_INVALID',
      facts: { reason: expect.stringContaining('SELEC') as string },
    });
    await expect(run('SELECT x FROM input1')).rejects.toMatchObject({
      facts: { reason: 'no such column: x' },
    });
  });

  it('reaches no file and takes no more memory than it may', async () => {
    await expect(run("ATTACH '/etc/passwd' AS p")).rejects.toMatchObject({ code: 'SQL_INVALID' });
    await expect(run("SELECT readfile('/etc/passwd')")).rejects.toMatchObject({ code: 'SQL_INVALID' });
    await expect(run("SELECT load_extension('x')")).rejects.toMatchObject({ code: 'SQL_INVALID' });
    const bomb = 'PRAGMA hard_heap_limit = 0; SELECT length(hex(zeroblob(600000000)))';
    await expect(run(bomb)).rejects.toMatchObject({ code: 'SQL_INVALID' });
  });
});
