import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { WorkflowDocument } from '../../src/contract/index.ts';
import { createApp } from '../../src/engine/app.ts';
import { readConfig } from '../../src/engine/kernel/index.ts';
import { runDocument } from '../../src/main/cli/run-to-end.ts';
import { percent } from '../row.ts';

/**
 * 10,000 items inserted by the node against a batch written by hand, and a table of a million rows written to a CSV file:
 * `node --no-node-snapshot --max-semi-space-size=8 bench/micro/postgres.ts`, on the database in GUIXU_TEST_DATABASE_URL or
 * the one on port 5432. The limits are 60 % of the rows per second, and 500 MB.
 */
const URL_TEXT = process.env['GUIXU_TEST_DATABASE_URL'] ?? 'postgres://postgres@127.0.0.1:5432/postgres';
const ITEMS = 10_000;
const BATCH = 1000;
const ROUNDS = 5;
const MANY = 1_000_000;
const LIMIT_MB = 500;
const TABLE = `guixu_bench_${process.pid}`;

const folder = await mkdtemp(join(tmpdir(), 'guixuflow-pg-'));
const admin = new pg.Client({ connectionString: URL_TEXT });
await admin.connect();
const config = readConfig({ GUIXU_LOG_LEVEL: 'error' }, { dataDir: join(folder, 'data'), port: 0 });
const app = await createApp(config, { host: 'headless', listen: false });
await app.start();
try {
  const { hostname, port, pathname, username, password } = new URL(URL_TEXT);
  const { id: database } = await app.client.credentials.create({
    name: 'Database',
    type: 'postgres',
    data: {
      host: hostname,
      port: port || '5432',
      database: pathname.slice(1),
      user: username,
      password: password || 'none',
      tls: 'off',
    },
  });
  await compareInserts(database);
  await exportTable(database);
} finally {
  await app.stop();
  await admin.query(`drop table if exists ${TABLE}`);
  await admin.end();
  await rm(folder, { recursive: true, force: true });
}

async function compareInserts(database: string): Promise<void> {
  const code = `return Array.from({ length: ${ITEMS} }, (_, id) => ({ id, name: 'customer ' + id, amount: id / 4 }));`;
  const document = workflow(database, [
    ['Make', 'code', { code }],
    ['Write', 'postgres', { operation: 'insert', table: TABLE, output: 'id' }],
  ]);
  const byNode: number[] = [];
  const byHand: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    await emptyTable();
    const { status, error, nodeRuns } = await runDocument(app.client, { document, itemLimit: 1 });
    if (status !== 'success') throw new Error(error?.message ?? status);
    byNode.push(nodeRuns.find(({ nodeName }) => nodeName === 'Write')?.durationMs ?? Number.NaN);
    await emptyTable();
    const startedAt = performance.now();
    await insertByHand();
    byHand.push(performance.now() - startedAt);
  }
  const [node, hand] = [Math.min(...byNode), Math.min(...byHand)];
  const ratio = hand / node;
  console.log(
    `insert of ${ITEMS}: ${node.toFixed(0)} ms by the node, ${hand.toFixed(0)} ms by hand = ${percent(ratio)}, ` +
      `limit >= 60 %  ${verdict(ratio >= 0.6)}`,
  );
}

/** What one would write with the driver alone: a statement for each thousand rows, in one transaction. */
async function insertByHand(): Promise<void> {
  await admin.query('begin');
  for (let first = 0; first < ITEMS; first += BATCH) {
    const rows = Array.from({ length: BATCH }, (_, index) => first + index);
    const places = rows.map((_, row) => `($${row * 3 + 1}, $${row * 3 + 2}, $${row * 3 + 3})`);
    const values = rows.flatMap((id) => [id, `customer ${id}`, id / 4]);
    await admin.query(`insert into ${TABLE} (id, name, amount) values ${places.join()} returning id`, values);
  }
  await admin.query('commit');
}

async function exportTable(database: string): Promise<void> {
  await emptyTable();
  await admin.query(
    `insert into ${TABLE} select n, 'customer ' || n, n / 4.0 from generate_series(1, ${MANY}) n`,
  );
  const document = workflow(database, [
    ['Read', 'postgres', { operation: 'select', table: TABLE }],
    ['File', 'convert-to-file', { format: 'csv' }],
  ]);
  let peak = process.memoryUsage.rss();
  const look = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 20);
  const startedAt = performance.now();
  const { status, error } = await runDocument(app.client, { document, itemLimit: 1 });
  clearInterval(look);
  if (status !== 'success') throw new Error(error?.message ?? status);
  const seconds = (performance.now() - startedAt) / 1000;
  const peakMb = peak / 1024 ** 2;
  console.log(
    `${MANY} rows to CSV in ${seconds.toFixed(1)} s, peak ${peakMb.toFixed(0)} MB, ` +
      `limit ${LIMIT_MB} MB  ${verdict(peakMb < LIMIT_MB)}`,
  );
}

async function emptyTable(): Promise<void> {
  await admin.query(`drop table if exists ${TABLE}`);
  await admin.query(`create table ${TABLE} (id int primary key, name text, amount numeric)`);
}

function verdict(isWithin: boolean): string {
  if (!isWithin) process.exitCode = 1;
  return isWithin ? 'ok' : 'OVER';
}

function workflow(
  database: string,
  rest: Array<[name: string, type: string, parameters: object]>,
): WorkflowDocument {
  const nodes = [['Start', 'manual-trigger', {}] as const, ...rest];
  return WorkflowDocument.parse({
    name: 'PostgreSQL',
    nodes: nodes.map(([name, type, parameters]) => ({
      ...{ id: name, name, type, parameters },
      ...(type === 'postgres' && { credentials: { database } }),
    })),
    connections: rest.map(([name], index) => ({ from: { node: nodes[index]![0] }, to: { node: name } })),
  });
}
