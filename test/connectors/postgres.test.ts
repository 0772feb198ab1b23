import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Item } from '../../src/contract/index.ts';
import type { OpenConnections } from '../../src/engine/connections/index.ts';
import { postgresCredential } from '../../src/engine/connectors/postgres/postgres-credential.ts';
import {
  items,
  memoryBinaryStore,
  runNode,
  type RunNodeOptions,
} from '../../src/engine/node-kit/test-harness.ts';
import { postgres } from '../../src/engine/nodes/database/postgres/postgres.node.ts';
import { openConnections, tryCredential } from './connection-bench.ts';
import { startCuttableProxy } from './cuttable-proxy.ts';

const url = process.env['GUIXU_TEST_DATABASE_URL'];

describe.skipIf(!url)('PostgreSQL connector', () => {
  const schema = `guixu_connector_${process.pid}`;
  let admin: pg.Client;
  let data: Record<string, string>;
  let connections: OpenConnections;

  beforeAll(async () => {
    const { hostname, port, pathname, username, password } = new URL(url!);
    data = {
      host: hostname,
      port,
      database: pathname.slice(1),
      user: decodeURIComponent(username),
      password: decodeURIComponent(password),
      tls: 'off',
    };
    admin = new pg.Client({ connectionString: url });
    await admin.connect();
    await admin.query(`create schema ${schema}`);
  });
  afterAll(async () => {
    await admin.query(`drop schema ${schema} cascade`);
    await admin.end();
  });
  beforeEach(async () => {
    connections = openConnections();
    await admin.query(
      `create table ${schema}.orders (id int primary key, name text, total numeric(12,2), big bigint, tags text[], extra jsonb,
        at timestamptz, day date, photo bytea, twice int generated always as (id * 2) stored)`,
    );
  });
  afterEach(async () => {
    await connections.close();
    await admin.query(`drop table ${schema}.orders`);
  });

  const run = (parameters: Record<string, unknown>, options: RunNodeOptions = {}) =>
    runNode(postgres, {
      items: items({}),
      connections,
      credentials: { database: { type: 'postgres', data } },
      ...options,
      parameters: { schema, table: 'orders', ...parameters },
    });
  const jsonOf = (result: { ports: Item[][] }) => result.ports[0]?.map(({ json }) => json);
  const count = async () =>
    Number((await admin.query<{ n: string }>(`select count(*) n from ${schema}.orders`)).rows[0]?.n);

  it('signs in, and names the cause when that fails', async () => {
    const test = (change: Record<string, string> = {}) =>
      tryCredential(postgresCredential, { ...data, ...change }, connections);
    await test();
    await expect(test({ port: '1' })).rejects.toMatchObject({ code: 'CONNECTION_REFUSED' });
    await expect(test({ host: 'no-such-host.invalid' })).rejects.toMatchObject({ code: 'HOST_UNKNOWN' });
    await expect(test({ user: 'nobody_at_all' })).rejects.toMatchObject({ code: 'LOGIN_REFUSED' });
    await expect(test({ database: 'no_such_database' })).rejects.toMatchObject({
      code: 'SERVICE_REFUSED',
      facts: { reason: expect.stringContaining('no_such_database') as string },
    });
    // Debian's server has a certificate of its own making.
    await expect(test({ tls: 'verify' })).rejects.toMatchObject({ code: 'TLS_FAILED' });
  });

  it('inserts items and gives them back with what the database added, nothing rounded', async () => {
    const result = await run(
      { operation: 'insert' },
      {
        items: items(
          {
            id: 1,
            name: "O'Brien; drop table orders",
            total: '19.90',
            big: '9007199254740993',
            tags: ['a', 'b,"c'],
            extra: { 归墟: [1, null] },
            at: '2026-03-01T08:00:00+08:00',
            day: '2026-03-01',
          },
          { id: 2, extra: 'a text' },
        ),
      },
    );
    expect(jsonOf(result)).toEqual([
      {
        id: 1,
        name: "O'Brien; drop table orders",
        total: 19.9,
        big: '9007199254740993',
        tags: ['a', 'b,"c'],
        extra: { 归墟: [1, null] },
        at: '2026-03-01T00:00:00.000Z',
        day: '2026-03-01',
        photo: null,
        twice: 2,
      },
      expect.objectContaining({ id: 2, name: null, extra: 'a text', twice: 4 }),
    ]);
    expect(result.ports[0]?.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
  });

  it('writes all items or none, and says which one failed', async () => {
    await expect(
      run({ operation: 'insert' }, { items: items({ id: 1 }, { id: 2 }, { id: 1 }) }),
    ).rejects.toMatchObject({
      code: 'SERVICE_REFUSED',
      facts: { description: expect.stringContaining('(id)=(1)') as string },
    });
    expect(await count()).toBe(0);
    await expect(
      run(
        { operation: 'execute', query: 'insert into orders values (1)', transaction: 'all' },
        { items: items({}, {}), credentials: { database: { type: 'postgres', data } } },
      ),
    ).rejects.toMatchObject({ code: 'SERVICE_REFUSED' });
    await expect(
      run({ operation: 'insert' }, { items: items({ id: 1, colour: 'red' }) }),
    ).rejects.toMatchObject({
      code: 'PARAMETER_INVALID',
      facts: {
        itemIndex: 0,
        reason: expect.stringContaining('has no column colour; it has id, name') as string,
      },
    });
  });

  it('goes on with the others where each item is on its own', async () => {
    const result = await run(
      { operation: 'insert', transaction: 'each' },
      { items: items({ id: 1 }, { id: 1 }, { id: 2 }), onError: 'error-output' },
    );
    expect(jsonOf(result)).toMatchObject([{ id: 1 }, { id: 2 }]);
    expect(result.ports[1]).toHaveLength(1);
    expect(await count()).toBe(2);
  });

  it('inserts or updates, updates and deletes', async () => {
    await run({ operation: 'insert' }, { items: items({ id: 1, name: 'a' }, { id: 2, name: 'b' }) });
    const upserted = await run(
      { operation: 'upsert', output: 'id, name' },
      { items: items({ id: 2, name: 'B' }, { id: 3, name: 'C' }) },
    );
    expect(jsonOf(upserted)).toEqual([
      { id: 2, name: 'B' },
      { id: 3, name: 'C' },
    ]);
    const updated = await run(
      { operation: 'update', output: 'id, total' },
      { items: items({ id: 1, total: 5 }, { id: 99, total: 5 }) },
    );
    expect(jsonOf(updated)).toEqual([{ id: 1, total: 5 }]);
    const conditions = { where: [{ column: 'name', operator: 'in', value: 'B, C' }] };
    expect(jsonOf(await run({ operation: 'delete', output: 'id', ...conditions }))).toEqual([
      { id: 2 },
      { id: 3 },
    ]);
    expect(await count()).toBe(1);
    await expect(run({ operation: 'delete' })).rejects.toMatchObject({ code: 'PARAMETER_REQUIRED' });
    expect(await count()).toBe(1);
  });

  it('skips rows that are there already', async () => {
    await run({ operation: 'insert' }, { items: items({ id: 1 }) });
    const result = await run(
      { operation: 'insert', skipConflicts: true },
      { items: items({ id: 1 }, { id: 2 }) },
    );
    expect(jsonOf(result)).toMatchObject([{ id: 2 }]);
  });

  it('selects by conditions, in order, some', async () => {
    const rows = Array.from({ length: 20 }, (_, id) => ({ id, name: id % 2 ? 'odd' : 'even' }));
    await run({ operation: 'insert' }, { items: items(...rows) });
    const result = await run({
      where: [
        { column: 'name', operator: 'equal', value: 'odd' },
        { column: 'id', operator: 'greater', value: '5' },
      ],
      sort: [{ column: 'id', direction: 'desc' }],
      limit: 3,
      output: 'id',
    });
    expect(jsonOf(result)).toEqual([{ id: 19 }, { id: 17 }, { id: 15 }]);
  });

  it('binds what expressions give, so that no value is read as SQL', async () => {
    const evil = "x'; drop table orders; --";
    const result = await run(
      { operation: 'execute', query: `select $1::int as a, {{0}}::text as b, '%{{0}}%' as c`, values: [7] },
      {
        pieces: (text) =>
          Promise.resolve(
            text
              .split('{{0}}')
              .flatMap((part, index) => (index === 0 ? [{ text: part }] : [{ value: evil }, { text: part }])),
          ),
      },
    );
    expect(jsonOf(result)).toEqual([{ a: 7, b: evil, c: `%${evil}%` }]);
    await run({});
  });

  it('runs several statements, and tells what those without rows did', async () => {
    const query = `insert into ${schema}.orders (id) values (1), (2); update ${schema}.orders set name = 'x'`;
    expect(jsonOf(await run({ operation: 'execute', query }))).toEqual([{ command: 'UPDATE', rowCount: 2 }]);
  });

  it('keeps bytes as files', async () => {
    const binary = memoryBinaryStore();
    const bytes = Buffer.from([0, 255, 1, 0xc3, 0x28]);
    await admin.query(`insert into ${schema}.orders (id, photo) values (1, $1)`, [bytes]);
    const [item] = (await run({}, { binary })).ports[0] ?? [];
    expect(item?.json).not.toHaveProperty('photo');
    expect(await binary.read(item!.binary!['photo']!)).toEqual(bytes);
  });

  it('reads large results in parts', async () => {
    const sizes: number[] = [];
    const result = await run(
      { operation: 'execute', query: 'select n from generate_series(1, 25000) n' },
      {},
    );
    sizes.push(result.ports[0]?.length ?? 0);
    expect(sizes).toEqual([25_000]);
    expect(result.ports[0]?.at(-1)).toEqual({ json: { n: 25_000 }, pairedItem: { item: 0 } });
  });

  it('ends what runs on the server when the execution is stopped', async () => {
    const stop = new AbortController();
    const running = run(
      { operation: 'execute', query: "select pg_sleep(60), 'guixu-stop'" },
      // The only connection is busy with what is to end.
      {
        signal: stop.signal,
        credentials: { database: { type: 'postgres', data: { ...data, poolSize: '1' } } },
      },
    );
    const outcome = expect(running).rejects.toThrow('stopped by the user');
    const isRunning = async () => {
      const { rowCount } = await admin.query(
        "select 1 from pg_stat_activity where query like '%guixu-stop%' and pid <> pg_backend_pid() and state = 'active'",
      );
      return Boolean(rowCount);
    };
    await expect.poll(isRunning).toBe(true);
    stop.abort(new Error('stopped by the user'));
    await outcome;
    await expect.poll(isRunning).toBe(false);
  });

  it('tells when the server is gone in the middle, and connects anew for the next', async () => {
    const proxy = await startCuttableProxy(Number(data['port']), data['host']);
    const through = { ...data, host: '127.0.0.1', port: String(proxy.port) };
    const credentials = { database: { type: 'postgres', data: through } };
    const running = run(
      { operation: 'execute', query: "select pg_sleep(60), 'guixu-gone'" },
      { credentials },
    );
    const outcome = expect(running).rejects.toMatchObject({ code: 'CONNECTION_LOST' });
    await expect
      .poll(
        async () =>
          (
            await admin.query(
              "select 1 from pg_stat_activity where query like '%guixu-gone%' and pid <> pg_backend_pid()",
            )
          ).rowCount,
      )
      .toBe(1);
    proxy.cut();
    await outcome;
    await admin.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where query like '%guixu-gone%' and pid <> pg_backend_pid()",
    );
    expect(jsonOf(await run({ operation: 'execute', query: 'select 1 as one' }, { credentials }))).toEqual([
      { one: 1 },
    ]);
    await connections.close();
    await proxy.stop();
  });
});
