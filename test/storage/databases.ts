import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { describe } from 'vitest';
import { openStorage, type Storage, type StorageOptions } from '../../src/engine/storage/index.ts';

const SERVER = process.env['GUIXU_TEST_DATABASE_URL'];

export interface TestDatabase {
  readonly options: StorageOptions;
  /** Open from the start; a test may close it and open another on the same options. */
  storage: Storage;
  /** Opens the same data again, as after a restart. */
  reopen(): Promise<Storage>;
  drop(): Promise<void>;
}

/** Runs the suite over every database there is; the name of a skipped one says why. */
export function describeDatabases(name: string, suite: (open: () => Promise<TestDatabase>) => void): void {
  describe(`${name} on SQLite`, () => suite(openSqlite));
  if (SERVER) describe(`${name} on Postgres`, () => suite(openPostgres));
  else
    describe.skip(`${name} on Postgres (skipped: GUIXU_TEST_DATABASE_URL is not set)`, () =>
      suite(openPostgres));
}

async function openSqlite(): Promise<TestDatabase> {
  const dataDir = temporaryFolder();
  return testDatabase({ kind: 'sqlite', dataDir }, async () => removeFolder(dataDir));
}

/** A database of its own on the server, gone after the test. */
async function openPostgres(): Promise<TestDatabase> {
  const dataDir = temporaryFolder();
  const name = `guixu_test_${process.pid}_${Math.random().toString(36).slice(2)}`;
  await onServer(`create database ${name}`);
  const url = new URL(SERVER ?? '');
  url.pathname = `/${name}`;
  return testDatabase({ kind: 'postgres', url: url.href, dataDir }, async () => {
    removeFolder(dataDir);
    await onServer(`drop database ${name} with (force)`);
  });
}

async function testDatabase(options: StorageOptions, remove: () => Promise<void>): Promise<TestDatabase> {
  const database: TestDatabase = {
    options,
    storage: await openStorage(options),
    async reopen() {
      await database.storage.close();
      database.storage = await openStorage(options);
      return database.storage;
    },
    async drop() {
      await database.storage.close();
      await remove();
    },
  };
  return database;
}

async function onServer(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: SERVER });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

export function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), 'guixuflow-storage-'));
}

export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}
