import { mkdir, mkdtemp, readdir, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runDocument } from '../../src/main/cli/run-to-end.ts';
import { startTestApp, type TestApp } from '../contract/test-app.ts';
import { BOMBS, PATHS, QUERIES, type Places } from './node-techniques.ts';

/** Nodes that work on files and databases, in workflows that somebody else wrote. */
let engine: TestApp;
let folder: string;
let places: Places;
beforeAll(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'guixuflow-escape-')));
  places = {
    allowed: join(folder, 'allowed'),
    secret: join(folder, 'secret.txt'),
    database: join(folder, 'x.db'),
  };
  await mkdir(places.allowed);
  await writeFile(places.secret, 'secret');
  await symlink(places.secret, join(places.allowed, 'link'));
  await symlink(folder, join(places.allowed, 'folder'));
  await symlink('loop', join(places.allowed, 'loop'));
  new Database(places.database).exec(`CREATE TABLE t AS SELECT 'secret' AS value`).close();
  engine = await startTestApp({ env: { GUIXU_ALLOWED_FOLDERS: places.allowed, SECRET_OF_TEST: 'secret' } });
});
afterAll(async () => {
  await engine.stop();
  await rm(folder, { recursive: true, force: true });
});

interface Step {
  type: string;
  parameters?: Record<string, unknown>;
}

/** Runs the steps one after the other; what the last one gave, with the bytes of its files. */
async function run(steps: Step[]) {
  const { client } = engine.app;
  const all = [{ type: 'manual-trigger' }, ...steps];
  const nodes = all.map((step, index) => ({
    ...{ id: `n${index}`, name: `Node ${index}`, typeVersion: 1, position: [0, 0] as [number, number] },
    ...{ parameters: {}, ...step },
  }));
  const port = (node: string) => ({ node, port: 'main' as const, index: 0 });
  const connections = steps.map((_, index) => ({ from: port(`n${index}`), to: port(`n${index + 1}`) }));
  const document = { name: 'Stranger', schemaVersion: 1, settings: {}, nodes, connections };
  const { status, error, nodeRuns } = await runDocument(client, { document });
  const items = nodeRuns.find(({ nodeName }) => nodeName === nodes.at(-1)?.name)?.outputs[0] ?? [];
  return { status, code: error?.code, items };
}

async function expectUntouched() {
  expect(await readFile(places.secret, 'utf8')).toBe('secret');
  const database = new Database(places.database, { readonly: true });
  expect(database.prepare('SELECT * FROM t').all()).toEqual([{ value: 'secret' }]);
  database.close();
  expect((await readdir(folder)).sort()).toEqual(['allowed', 'secret.txt', 'x.db']);
}

const TEXT_FILE = { type: 'convert-to-file', parameters: { format: 'text', field: 'text' } };
const CODE = { type: 'code', parameters: { code: `return [{ text: 'changed' }]` } };

describe('file nodes', () => {
  it.each(PATHS)('read and write nothing outside of the allowed folders by %s', async (_name, pathOf) => {
    const path = pathOf(places);
    const reading = { type: 'read-write-files', parameters: { operation: 'read', path } };
    const { items } = await run([reading, { type: 'extract-from-file', parameters: { format: 'text' } }]);
    expect(JSON.stringify(items)).not.toContain('secret');
    for (const operation of ['write', 'append'])
      await run([CODE, TEXT_FILE, { type: 'read-write-files', parameters: { operation, path } }]);
    await expectUntouched();
  });

  it('work where they may', async () => {
    const write = { type: 'read-write-files', parameters: { operation: 'write', path: 'a.txt' } };
    expect(await run([CODE, TEXT_FILE, write])).toMatchObject({ status: 'success' });
    expect(await readFile(join(places.allowed, 'a.txt'), 'utf8')).toBe('changed');
  });
});

describe('queries of a merge node', { timeout: 120_000 }, () => {
  const queryOf = (sql: string) => [
    CODE,
    { type: 'merge', parameters: { mode: 'sql', query: sql, timeoutMs: 2000 } },
  ];

  it.each(QUERIES)('reach nothing by %s', async (_name, sqlOf) => {
    const before = await readdir(places.allowed);
    const { items } = await run(queryOf(sqlOf(places)));
    expect(JSON.stringify(items)).not.toContain('secret');
    expect(await readdir(places.allowed)).toEqual(before);
    await expectUntouched();
  });

  it.each(BOMBS)('end, and the engine answers meanwhile, in spite of %s', async (_name, sql) => {
    let isOver = false;
    const running = run(queryOf(sql)).finally(() => (isOver = true));
    let answers = 0;
    while (!isOver) {
      await engine.app.client.workflows.list({});
      answers += 1;
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(await running).toMatchObject({
      status: 'failed',
      code: expect.stringMatching(/^(SQL_INVALID|TASK_MEMORY|TASK_TIMEOUT)$/) as string,
    });
    expect(answers).toBeGreaterThan(1);
    expect(await run(queryOf('SELECT text FROM input1'))).toMatchObject({
      status: 'success',
      items: [{ json: { text: 'changed' } }],
    });
  });
});
