import { once } from 'node:events';
import { createServer, connect, type AddressInfo, type Socket } from 'node:net';
import mysqlDriver, { type Connection, type RowDataPacket } from 'mysql2/promise';
import { generate } from 'selfsigned';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Item } from '../../src/contract/index.ts';
import { createConnections, type OpenConnections } from '../../src/engine/connections/index.ts';
import { mysqlCredential } from '../../src/engine/connectors/mysql/mysql-credential.ts';
import { systemClock } from '../../src/engine/kernel/index.ts';
import {
  items,
  memoryBinaryStore,
  runNode,
  type RunNodeOptions,
} from '../../src/engine/node-kit/test-harness.ts';
import { mysql } from '../../src/engine/nodes/database/mysql/mysql.node.ts';
import { startFakeMysqlTls } from './fake-mysql-tls.ts';

const url = process.env['GUIXU_TEST_MYSQL_URL'];

describe.skipIf(!url)('MySQL connector', () => {
  const database = `guixu_test_${process.pid}`;
  let admin: Connection;
  let data: Record<string, string>;
  let connections: OpenConnections;

  beforeAll(async () => {
    const { hostname, port, username, password } = new URL(url!);
    data = {
      host: hostname,
      port,
      database,
      user: decodeURIComponent(username),
      password: decodeURIComponent(password),
      tls: 'off',
    };
    admin = await mysqlDriver.createConnection({ uri: url!, multipleStatements: true });
    await admin.query(`create database ${database} character set utf8mb4; use ${database}`);
  });
  afterAll(async () => {
    await admin.query(`drop database ${database}`);
    await admin.end();
  });
  beforeEach(async () => {
    connections = createConnections({
      clock: systemClock,
      idleMs: 60_000,
      onCloseFailure: (error) => {
        throw error;
      },
    });
    await admin.query(
      `create table orders (id int primary key, name varchar(200), total decimal(20,2), big bigint unsigned, extra json,
        at timestamp(6) null, plain datetime(3), day date, span time, photo longblob, open bit(1), mask bit(64),
        single float, code char(3) unique, twice int generated always as (id * 2) stored);
       create table counted (id bigint auto_increment primary key, name varchar(20) unique, note text default 'new')`,
    );
  });
  afterEach(async () => {
    await connections.close();
    await admin.query('drop table orders, counted');
  });

  const run = (parameters: Record<string, unknown>, options: RunNodeOptions = {}) =>
    runNode(mysql, {
      items: items({}),
      connections,
      credentials: { database: { type: 'mysql', data } },
      ...options,
      parameters: { table: 'orders', ...parameters },
    });
  const jsonOf = (result: { ports: Item[][] }) => result.ports[0]?.map(({ json }) => json);
  const ask = async (sql: string) => (await admin.query<RowDataPacket[]>(sql))[0];
  const count = async (table = 'orders') => Number((await ask(`select count(*) n from ${table}`))[0]?.['n']);
  const isRunning = async (mark: string) =>
    (
      await ask(
        `select 1 from information_schema.processlist where info like '%${mark}%' and id <> connection_id()`,
      )
    ).length > 0;
  const pieces = (...values: unknown[]): Pick<RunNodeOptions, 'pieces'> => ({
    pieces: (text) =>
      Promise.resolve(
        text
          .split(/\{\{(\d)\}\}/)
          .map((part, index) => (index % 2 === 0 ? { text: part } : { value: values[Number(part)] })),
      ),
  });
  /** Between the node and the server, to be cut and looked into. */
  const startProxy = async () => {
    const sockets = new Set<Socket>();
    const proxy = createServer((socket) => {
      const onward = connect(Number(data['port']), data['host']);
      sockets.add(socket);
      socket.pipe(onward).pipe(socket);
      for (const end of [socket, onward])
        end.on('error', () => undefined).on('close', () => (socket.destroy(), onward.destroy()));
    });
    proxy.listen(0, '127.0.0.1');
    await once(proxy, 'listening');
    const through = { ...data, host: '127.0.0.1', port: String((proxy.address() as AddressInfo).port) };
    return {
      credentials: { database: { type: 'mysql', data: through } },
      sockets: () => [...sockets],
      close: () => proxy.close(),
    };
  };
  const killAll = async (mark: string) => {
    const those = `info like '%${mark}%' and id <> connection_id()`;
    for (const { id } of await ask(`select id from information_schema.processlist where ${those}`))
      await admin.query(`kill ${Number(id)}`);
  };
  const test = (change: Record<string, string> = {}) =>
    mysqlCredential.test!({
      data: { ...data, ...change },
      connections,
      http: { request: () => Promise.reject(new Error('not used')) },
      signal: new AbortController().signal,
    });

  it('signs in, and names the cause when that fails', async () => {
    await test();
    await expect(test({ port: '1' })).rejects.toMatchObject({ code: 'CONNECTION_REFUSED' });
    await expect(test({ host: 'no-such-host.invalid' })).rejects.toMatchObject({ code: 'HOST_UNKNOWN' });
    const refused = expect(test({ user: 'nobody_at_all', password: 'guess-7361' })).rejects;
    await refused.toMatchObject({ code: 'LOGIN_REFUSED' });
    await expect(test({ user: 'nobody_at_all', password: 'guess-7361' })).rejects.not.toThrow(/guess-7361/);
    await expect(test({ database: 'no_such_database' })).rejects.toMatchObject({
      code: 'SERVICE_REFUSED',
      facts: { reason: expect.stringContaining('no_such_database') as string },
    });
  });

  it('checks certificates as the credential says', async () => {
    const keys = await generate([{ name: 'commonName', value: 'localhost' }], {
      extensions: [
        { name: 'basicConstraints', cA: true },
        { name: 'subjectAltName', altNames: [{ type: 2, value: 'localhost' }] },
      ],
    });
    const fake = await startFakeMysqlTls({ key: keys.private, cert: keys.cert });
    const there = { host: 'localhost', port: String(fake.port), user: 'ann', password: 'secret-9120' };
    try {
      await expect(test({ ...there, tls: 'verify' })).rejects.toMatchObject({
        code: 'TLS_FAILED',
        facts: { reason: 'self-signed certificate' },
      });
      expect(fake.signIns()).toBe(0);
      for (const [tls, authorities] of [
        ['no-check', ''],
        ['verify', keys.cert],
      ] as const)
        await expect(test({ ...there, tls, authorities })).rejects.toMatchObject({ code: 'LOGIN_REFUSED' });
      expect(fake.signIns()).toBe(2);
    } finally {
      fake.close();
    }
  });

  it('tells that a server does not speak TLS', async () => {
    const [row] = await ask("show variables like 'have_ssl'");
    if (row?.['Value'] === 'YES') return expect(test({ tls: 'no-check' })).resolves.toBeUndefined();
    await expect(test({ tls: 'no-check' })).rejects.toMatchObject({
      code: 'TLS_FAILED',
      facts: { reason: 'the server does not support it' },
    });
  });

  it('inserts items and gives them back with what the database added, nothing rounded', async () => {
    const result = await run(
      { operation: 'insert' },
      {
        items: items(
          {
            id: 1,
            name: "O'Brien\\'; drop table orders 🎋",
            total: '123456789012345678.90',
            big: '18446744073709551615',
            extra: { 归墟: [1, null], n: 1.5 },
            at: '2026-03-01T08:00:00.123456+08:00',
            plain: '2026-03-01T08:00:00.120',
            day: '2026-03-01',
            span: '-25:00:01',
            open: 1,
            mask: '9223372036854775809',
            single: 0.1,
          },
          { id: 2, extra: 'a text', total: 19.9, big: 7, at: '2026-07-01T00:00:00Z', single: 16_777_216 },
        ),
      },
    );
    expect(jsonOf(result)).toEqual([
      {
        id: 1,
        name: "O'Brien\\'; drop table orders 🎋",
        total: '123456789012345678.90',
        big: '18446744073709551615',
        extra: { 归墟: [1, null], n: 1.5 },
        at: '2026-03-01T00:00:00.123456Z',
        plain: '2026-03-01T08:00:00.120',
        day: '2026-03-01',
        span: '-25:00:01',
        photo: null,
        open: 1,
        mask: '9223372036854775809',
        single: 0.1,
        code: null,
        twice: 2,
      },
      expect.objectContaining({
        ...{ id: 2, name: null, extra: 'a text', total: 19.9, big: 7, twice: 4, open: null },
        ...{ at: '2026-07-01T00:00:00.000Z', single: 16_777_216 },
      }),
    ]);
    expect(result.ports[0]?.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
  });

  it('reads the same values whether a query has bound values or not', async () => {
    await run(
      { operation: 'insert' },
      {
        items: items({
          id: 1,
          total: 1.5,
          big: '9007199254740993',
          extra: [1],
          single: 0.3,
          day: '2026-01-02',
        }),
      },
    );
    const bound = jsonOf(
      await run({ operation: 'execute', query: 'select * from orders where id = ?', values: [1] }),
    );
    expect(bound).toMatchObject([{ total: 1.5, big: '9007199254740993', extra: [1], single: 0.3 }]);
    const text = await run({ operation: 'execute', query: '/* text */ set @a = 1; select * from orders' });
    expect(jsonOf(text)).toEqual(bound);
  });

  it('writes all items or none, and says which one failed', async () => {
    await expect(
      run({ operation: 'insert' }, { items: items({ id: 1 }, { id: 2 }, { id: 1 }) }),
    ).rejects.toMatchObject({
      code: 'SERVICE_REFUSED',
      facts: { reason: expect.stringContaining("Duplicate entry '1'") as string },
    });
    expect(await count()).toBe(0);
    await expect(
      run(
        { operation: 'execute', query: 'insert into orders (id) values ({{0}})' },
        { items: items({}, {}), ...pieces(1) },
      ),
    ).rejects.toMatchObject({ code: 'SERVICE_REFUSED', facts: { itemIndex: 1, sqlState: '23000' } });
    expect(await count()).toBe(0);
    await expect(
      run({ operation: 'insert' }, { items: items({ id: 1, colour: 'red' }) }),
    ).rejects.toMatchObject({
      code: 'PARAMETER_INVALID',
      facts: {
        itemIndex: 0,
        reason: expect.stringContaining('has no column colour; it has id, name') as string,
      },
    });
    await expect(run({ operation: 'insert', table: 'nowhere' })).rejects.toMatchObject({
      code: 'SERVICE_REFUSED',
      facts: { reason: expect.stringContaining('nowhere') as string },
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

  it('gives the numbers that the server counted, item by item', async () => {
    const on = { table: 'counted' };
    const mixed = items({ name: 'a' }, { name: 'b' }, { id: 10, name: 'c' }, { name: 'd', note: null });
    const result = await run({ ...on, operation: 'insert' }, { items: mixed });
    expect(jsonOf(result)).toEqual([
      { id: 1, name: 'a', note: 'new' },
      { id: 2, name: 'b', note: 'new' },
      { id: 10, name: 'c', note: 'new' },
      { id: 11, name: 'd', note: null },
    ]);
    expect(result.ports[0]?.map(({ pairedItem }) => pairedItem)).toEqual(
      [0, 1, 2, 3].map((item) => ({ item })),
    );
    const upserted = await run(
      { ...on, operation: 'upsert', matchColumns: 'id' },
      { items: items({ name: 'b', note: 'there' }, { name: 'e' }) },
    );
    expect(jsonOf(upserted)).toEqual([
      { id: 2, name: 'b', note: 'there' },
      expect.objectContaining({ name: 'e', note: 'new' }),
    ]);
    expect(
      jsonOf(await run({ operation: 'execute', query: "insert into counted (id, name) values (77, 'x')" })),
    ).toEqual([{ rowCount: 1, insertId: 77 }]);
  });

  it('skips rows that are there already, and only for that reason', async () => {
    await run({ operation: 'insert' }, { items: items({ id: 1 }, { id: 9, code: 'abc' }) });
    const rows = items({ id: 0 }, { id: 1 }, { id: 2 }, { id: 3, code: 'abc' }, { id: 4 });
    const result = await run({ operation: 'insert', skipConflicts: true, output: 'id' }, { items: rows });
    expect(jsonOf(result)).toEqual([{ id: 0 }, { id: 2 }, { id: 4 }]);
    expect(result.ports[0]?.map(({ pairedItem }) => pairedItem)).toEqual([0, 2, 4].map((item) => ({ item })));
    await expect(
      run({ operation: 'insert', skipConflicts: true }, { items: items({ id: 5, code: 'too long' }) }),
    ).rejects.toMatchObject({ code: 'SERVICE_REFUSED' });
  });

  it('selects by conditions, in order, some', async () => {
    const rows = Array.from({ length: 20 }, (_, id) => ({
      ...{ id, name: id % 2 ? 'odd' : 'even' },
      at: `2026-03-01T00:00:${String(id).padStart(2, '0')}Z`,
    }));
    await run({ operation: 'insert' }, { items: items(...rows) });
    const result = await run({
      where: [
        { column: 'name', operator: 'equal', value: 'odd' },
        { column: 'at', operator: 'greater', value: '2026-03-01T08:00:05+08:00' },
      ],
      sort: [{ column: 'id', direction: 'desc' }],
      limit: 3,
      output: 'id',
    });
    expect(jsonOf(result)).toEqual([{ id: 19 }, { id: 17 }, { id: 15 }]);
    const other = await run({
      schema: 'information_schema',
      table: 'schemata',
      where: [{ column: 'schema_name', value: database }],
    });
    expect(other.ports[0]).toHaveLength(1);
  });

  it('finds texts with the signs of LIKE by what they spell', async () => {
    await run(
      { operation: 'insert' },
      { items: items({ id: 1, name: '50%_\\x' }, { id: 2, name: '50ab\\x' }) },
    );
    const result = await run({
      where: [{ column: 'name', operator: 'contains', value: '0%_\\' }],
      output: 'id',
    });
    expect(jsonOf(result)).toEqual([{ id: 1 }]);
  });

  it('binds what expressions give, so that no value is read as SQL', async () => {
    const evil = 'x\\\'; drop table orders; -- "';
    const result = await run(
      {
        operation: 'execute',
        query: `select ? as a, {{0}} as b, '%{{0}}%' as c, "it\\'s {{0}}" as d from dual limit {{1}}`,
        values: [7],
      },
      pieces(evil, 1),
    );
    expect(jsonOf(result)).toEqual([{ a: 7, b: evil, c: `%${evil}%`, d: `it's ${evil}` }]);
    await run({});
    const insert = { operation: 'execute', query: "insert into orders (id, name) values (1, '{{0}}')" };
    await run(insert, pieces(evil));
    expect(jsonOf(await run({ output: 'name' }))).toEqual([{ name: evil }]);
  });

  it('runs several statements, and tells what those without rows did', async () => {
    const query = "insert into orders (id) values (1), (2); update orders set name = 'x'";
    expect(jsonOf(await run({ operation: 'execute', query }))).toEqual([{ rowCount: 2 }]);
    // A second statement behind one that looks would be run again after a crash.
    await expect(run({ operation: 'execute', query: 'select 1; delete from orders' })).rejects.toMatchObject({
      code: 'SERVICE_REFUSED',
    });
    expect(await count()).toBe(2);
    await admin.query('create procedure two() begin select 1 as a; select 2 as b; end');
    expect(jsonOf(await run({ operation: 'execute', query: 'call two()' }))).toEqual([{ b: 2 }]);
    await admin.query('drop procedure two');
  });

  it('keeps bytes as files', async () => {
    const binary = memoryBinaryStore();
    const bytes = Buffer.from([0, 255, 1, 0xc3, 0x28]);
    await admin.query('insert into orders (id, photo) values (1, ?)', [bytes]);
    const [item] = (await run({}, { binary })).ports[0] ?? [];
    expect(item?.json).not.toHaveProperty('photo');
    expect(await binary.read(item!.binary!['photo']!)).toEqual(bytes);
  });

  it('writes what is larger than one statement may be, in parts', async () => {
    const large = '茶'.repeat(700_000);
    const rows = Array.from({ length: 12 }, (_, id) => ({ id, extra: { large } }));
    const result = await run({ operation: 'insert', output: 'id' }, { items: items(...rows) });
    expect(result.ports[0]).toHaveLength(12);
    expect((await ask('select min(char_length(extra)) n from orders'))[0]?.['n']).toBeGreaterThan(700_000);
    const many = Array.from({ length: 2500 }, (_, id) => ({ id: id + 100, name: `n${id}` }));
    const written = await run({ operation: 'insert', output: 'id' }, { items: items(...many) });
    expect(jsonOf(written)?.at(-1)).toEqual({ id: 2599 });
    expect(written.ports[0]?.at(-1)?.pairedItem).toEqual({ item: 2499 });
  });

  it('reads large results in parts, and no faster than they are taken', async () => {
    await admin.query(
      `create table files (n int primary key, bytes mediumblob);
       insert into files with recursive s as (select 0 n union all select n + 1 from s where n < 99)
       select a.n * 100 + b.n + 1, repeat('x', 10000) from s a, s b where a.n < 40`,
    );
    const proxy = await startProxy();
    const store = memoryBinaryStore();
    let isHeld = false;
    let last = -1;
    const binary: typeof store = {
      ...store,
      async write(content, about) {
        // The first rows are there: the server has to wait with the others for as long as nobody takes them.
        if (!isHeld) {
          isHeld = true;
          await expect
            .poll(() => {
              const [socket] = proxy.sockets();
              const isSame = socket?.writableNeedDrain === true && socket.bytesWritten === last;
              last = socket?.bytesWritten ?? 0;
              return isSame;
            })
            .toBe(true);
        }
        return store.write(content, about);
      },
    };
    const result = await run(
      { operation: 'execute', query: 'select * from files order by n' },
      { binary, credentials: proxy.credentials },
    );
    expect(isHeld).toBe(true);
    expect(result.ports[0]).toHaveLength(4000);
    expect(result.ports[0]?.at(-1)).toMatchObject({ json: { n: 4000 }, pairedItem: { item: 0 } });
    await connections.close();
    proxy.close();
    await admin.query('drop table files');
  });

  it('ends what runs on the server when the execution is stopped', async () => {
    const stop = new AbortController();
    const running = run(
      { operation: 'execute', query: "select sleep(60), 'guixu-stop'" },
      // The only connection is busy with what is to end.
      { signal: stop.signal, credentials: { database: { type: 'mysql', data: { ...data, poolSize: '1' } } } },
    );
    const outcome = expect(running).rejects.toThrow('stopped by the user');
    await expect.poll(() => isRunning('guixu-stop')).toBe(true);
    stop.abort(new Error('stopped by the user'));
    await outcome;
    await expect.poll(() => isRunning('guixu-stop')).toBe(false);
    await run({}, { credentials: { database: { type: 'mysql', data: { ...data, poolSize: '1' } } } });
  });

  it('writes nothing of a transaction that is stopped', async () => {
    const stop = new AbortController();
    const running = run(
      { operation: 'execute', query: 'insert into orders (id) values (1); do sleep(60) /* guixu-halt */' },
      { signal: stop.signal },
    );
    const outcome = expect(running).rejects.toThrow('stopped by the user');
    await expect.poll(() => isRunning('guixu-halt')).toBe(true);
    stop.abort(new Error('stopped by the user'));
    await outcome;
    await expect.poll(() => count()).toBe(0);
  });

  it('tells when the server is gone in the middle, and connects anew for the next', async () => {
    const { credentials, ...proxy } = await startProxy();
    for (const query of ["select sleep(60), 'guixu-gone'", 'do sleep(60) /* guixu-gone */']) {
      const running = run({ operation: 'execute', query }, { credentials });
      const outcome = expect(running).rejects.toMatchObject({ code: 'CONNECTION_LOST' });
      await expect.poll(() => isRunning('guixu-gone')).toBe(true);
      for (const socket of proxy.sockets()) socket.destroy();
      await outcome;
      await killAll('guixu-gone');
      await expect.poll(() => isRunning('guixu-gone')).toBe(false);
    }
    expect(jsonOf(await run({ operation: 'execute', query: 'select 1 as one' }, { credentials }))).toEqual([
      { one: 1 },
    ]);
    await connections.close();
    proxy.close();
  });

  it('tells when the server ends a connection that is in use', async () => {
    const running = run({ operation: 'execute', query: "select sleep(60), 'guixu-kill'" });
    const outcome = expect(running).rejects.toMatchObject({ code: 'CONNECTION_LOST' });
    await expect.poll(() => isRunning('guixu-kill')).toBe(true);
    await killAll('guixu-kill');
    await outcome;
    expect(await count()).toBe(0);
  });
});
