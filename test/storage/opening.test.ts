import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SCHEMA_VERSION } from '../../src/engine/storage/migrations/migrate.ts';
import { openStorage } from '../../src/engine/storage/index.ts';
import { describeDatabases, removeFolder, temporaryFolder, type TestDatabase } from './databases.ts';
import { finishedWrite, NOW, sampleDocument, sampleRun, spilledList } from './samples.ts';

describeDatabases('openStorage', (open) => {
  let database: TestDatabase;
  beforeEach(async () => {
    database = await open();
  });
  afterEach(() => database.drop());

  it('keeps its data over a restart', async () => {
    const write = finishedWrite();
    await database.storage.executions.commit(write);
    const reopened = await database.reopen();
    expect(await reopened.executions.get(write.executionId)).toMatchObject({ status: 'success' });
  });

  it('refuses a schema of a newer program', async () => {
    const { options } = database;
    await database.storage.close();
    const statement = `insert into schema_migrations (number, name, applied_at) values (99, 'later', 0)`;
    if (options.kind === 'postgres') {
      const client = new pg.Client({ connectionString: options.url });
      await client.connect();
      await client.query(statement);
      await client.end();
    } else {
      const db = new BetterSqlite3(join(options.dataDir, 'guixuflow.db'));
      db.exec(statement);
      db.close();
    }

    await expect(openStorage(options)).rejects.toMatchObject({
      code: 'DATABASE_TOO_NEW',
      facts: { version: 99, supported: SCHEMA_VERSION },
    });
  });
});

describe('openStorage on SQLite', () => {
  let dataDir: string;
  const file = () => join(dataDir, 'guixuflow.db');
  beforeEach(() => {
    dataDir = temporaryFolder();
  });
  afterEach(() => removeFolder(dataDir));

  it('does not touch the file of a newer program', async () => {
    const db = new BetterSqlite3(file());
    db.exec('create table schema_migrations (number integer); insert into schema_migrations values (99)');
    db.close();
    const digest = () => createHash('sha256').update(readFileSync(file())).digest('hex');
    const before = digest();

    await expect(openStorage({ kind: 'sqlite', dataDir })).rejects.toMatchObject({
      code: 'DATABASE_TOO_NEW',
    });
    expect(digest()).toBe(before);
  });

  it('takes over executions that waited before there were checkpoints', async () => {
    await (await openStorage({ kind: 'sqlite', dataDir })).close();
    const db = new BetterSqlite3(file());
    db.exec(`
      drop table checkpoints;
      drop table effect_units;
      drop index workflow_executions_children;
      alter table workflow_executions drop column crashes;
      alter table workflow_executions drop column parent_call;
      alter table workflow_executions drop column retry_of;
      alter table waits add column snapshot text;
      delete from schema_migrations where number = 4;
    `);
    const queue = { ready: [], passes: [], begun: ['w'] };
    const waiting = [{ nodeId: 'w', runIndex: 0, until: 5, tokenHash: null }];
    db.prepare('insert into waits (execution_id, due_at, snapshot) values (?, ?, ?)').run(
      'e1',
      5,
      JSON.stringify({ queue, waiting, states: { w: {} }, last: null, depth: 1 }),
    );
    db.close();

    const storage = await openStorage({ kind: 'sqlite', dataDir });
    expect(JSON.parse((await storage.executions.checkpoint('e1')) ?? 'null')).toEqual({
      queue,
      open: [{ nodeId: 'w', runIndex: 0, inputs: [], wait: { until: 5, tokenHash: null } }],
      last: null,
      depth: 1,
    });
    expect(await storage.executions.dueWaits({ until: 5, limit: 9 })).toEqual([
      { executionId: 'e1', dueAt: 5 },
    ]);
    await storage.close();
  });

  it('takes over versions that an older program published', async () => {
    const document = sampleDocument();
    const storage = await openStorage({ kind: 'sqlite', dataDir });
    await storage.workflows.insert({ id: 'w', document, now: NOW });
    await storage.workflows.publish('w', NOW);
    await storage.close();
    const db = new BetterSqlite3(file());
    for (const column of ['kind', 'label', 'note', 'node_count'])
      db.exec(`alter table workflow_versions drop column ${column}`);
    db.exec('alter table workflows drop column last_version');
    db.exec('delete from schema_migrations where number = 6');
    db.close();

    const reopened = await openStorage({ kind: 'sqlite', dataDir });
    const { items } = await reopened.versions.list({ workflowId: 'w', limit: 10 });
    const named = { kind: 'published', name: '', note: '', nodeCount: 1, published: true };
    expect(items).toMatchObject([{ version: 1, ...named }]);
    await reopened.workflows.saveDraft({
      id: 'w',
      document: { ...document, name: 'B' },
      revision: 1,
      now: NOW,
    });
    expect(await reopened.workflows.publish('w', NOW)).toMatchObject({ version: 2 });
    await reopened.close();
  });

  it('gives space back when executions are deleted', async () => {
    const storage = await openStorage({ kind: 'sqlite', dataDir });
    const noise = (n: number) => ({
      json: { n, text: createHash('sha512').update(String(n)).digest('hex') },
    });
    const write = finishedWrite({}, [
      sampleRun({ outputs: [spilledList(50_000, noise)], itemCounts: [50_000] }),
    ]);
    await storage.executions.commit(write);
    await storage.close();
    const full = statSync(file()).size;
    const reopened = await openStorage({ kind: 'sqlite', dataDir });
    await reopened.executions.delete([write.executionId]);
    await reopened.close();

    expect(statSync(file()).size).toBeLessThan(full / 4);
  });
});

describe('openStorage on Postgres', () => {
  it('says that a server cannot be reached', async () => {
    const dataDir = temporaryFolder();
    // Port 1 is reserved, nothing answers there.
    const options = { kind: 'postgres', url: 'postgres://user:secret@127.0.0.1:1/none', dataDir } as const;
    const failure: unknown = await openStorage(options).catch((error: unknown) => error);
    removeFolder(dataDir);

    expect(failure).toMatchObject({ code: 'DATABASE_UNREACHABLE' });
    expect(String(failure)).not.toContain('secret');
  });
});
