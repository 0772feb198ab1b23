import { generate } from 'selfsigned';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Item } from '../../src/contract/index.ts';
import { createConnections, type OpenConnections } from '../../src/engine/connections/index.ts';
import { mssqlCredential } from '../../src/engine/connectors/mssql/mssql-credential.ts';
import { systemClock } from '../../src/engine/kernel/index.ts';
import {
  items,
  memoryBinaryStore,
  runNode,
  type RunNodeOptions,
} from '../../src/engine/node-kit/test-harness.ts';
import { mssql } from '../../src/engine/nodes/database/mssql/mssql.node.ts';
import { startFakeMssql, type FakeMssql } from './tds/fake-mssql.ts';
import type { Asked } from './tds/requests.ts';
import { types, type Reply } from './tds/tokens.ts';
import { tryCredential } from './connection-bench.ts';

/** No SQL Server can be installed here: this is the wire contract, against a server that speaks it. */
describe('SQL Server wire contract, against a fake server', () => {
  let fake: FakeMssql;
  let connections: OpenConnections;
  beforeEach(async () => {
    fake = await startFakeMssql();
    connections = createConnections({ clock: systemClock, idleMs: 60_000, onCloseFailure: () => undefined });
  });
  afterEach(async () => {
    await connections.close();
    fake.close();
  });

  const login = (change: Record<string, string> = {}): Record<string, string> => ({
    host: '127.0.0.1',
    port: String(fake.port),
    database: 'shop',
    user: 'ann',
    password: 'pässwörd-3318',
    tls: 'off',
    ...change,
  });
  const run = (
    parameters: Record<string, unknown>,
    options: RunNodeOptions = {},
    data: Record<string, string> = login(),
  ) =>
    runNode(mssql, {
      items: items({}),
      connections,
      credentials: { database: { type: 'mssql', data } },
      ...options,
      parameters: { table: 'orders', ...parameters },
    });
  const jsonOf = (result: { ports: Item[][] }) => result.ports[0]?.map(({ json }) => json);
  const test = (change: Record<string, string> = {}) =>
    tryCredential(mssqlCredential, login(change), connections);
  /** Knows the columns of the table, and answers everything else with these. */
  const replies = (reply: (asked: Asked) => Reply[] | 'nothing') => {
    const columns = { id: 'int', name: 'nvarchar', at: 'datetime2', photo: 'varbinary' };
    fake.reply = (asked) =>
      asked.sql.includes('sys.columns')
        ? [{ columns: { name: types.text, type: types.text }, rows: Object.entries(columns) }]
        : reply(asked);
  };
  const statements = () => fake.asked.map(({ sql }) => sql).filter((sql) => !sql.includes('sys.columns'));

  it('signs in, and names the cause when that fails', async () => {
    await test();
    expect(fake.signIns).toEqual([
      { user: 'ann', password: 'pässwörd-3318', application: 'GuixuFlow', database: 'shop' },
    ]);
    fake.refusal = { number: 18456, message: "Login failed for user 'ann'." };
    const refused = test({ password: 'guess-7361' });
    await expect(refused).rejects.toMatchObject({
      code: 'LOGIN_REFUSED',
      facts: { reason: "Login failed for user 'ann'." },
    });
    await expect(refused).rejects.not.toThrow(/guess-7361/);
    await expect(test({ port: '1' })).rejects.toMatchObject({ code: 'CONNECTION_REFUSED' });
    await expect(test({ host: 'no-such-host.invalid' })).rejects.toMatchObject({ code: 'HOST_UNKNOWN' });
    await expect(test({ tls: 'verify' })).rejects.toMatchObject({
      code: 'TLS_FAILED',
      facts: { reason: 'the server does not support it' },
    });
  });

  it('checks certificates as the credential says', async () => {
    const keys = await generate([{ name: 'commonName', value: 'localhost' }], {
      extensions: [
        { name: 'basicConstraints', cA: true },
        { name: 'subjectAltName', altNames: [{ type: 2, value: 'localhost' }] },
      ],
    });
    const secure = await startFakeMssql({ key: keys.private, cert: keys.cert });
    const there = { host: 'localhost', port: String(secure.port) };
    try {
      await expect(test({ ...there, tls: 'off' })).rejects.toMatchObject({
        code: 'TLS_FAILED',
        facts: { reason: 'the server insists on it' },
      });
      await expect(test({ ...there, tls: 'verify' })).rejects.toMatchObject({
        code: 'TLS_FAILED',
        facts: { reason: 'its certificate is self-signed' },
      });
      const otherName = { ...there, host: '127.0.0.1', tls: 'verify', authorities: keys.cert };
      await expect(test(otherName)).rejects.toMatchObject({
        code: 'TLS_FAILED',
        facts: { reason: 'its certificate is for another name' },
      });
      expect(secure.signIns).toEqual([]);
      await test({ ...there, tls: 'no-check' });
      await test({ ...there, tls: 'verify', authorities: keys.cert });
      expect(secure.signIns).toHaveLength(2);
    } finally {
      await connections.close();
      secure.close();
    }
  });

  it('binds what expressions give, so that no value is read as SQL', async () => {
    fake.reply = () => [{ columns: { a: types.int }, rows: [[1]] }];
    const evil = "x'; drop table orders; --";
    const values: unknown[] = [evil, 1.5, 9_007_199_254_740_991, true, null, { a: 1 }];
    await run(
      {
        operation: 'execute',
        query: "select @p1, [a'b], '%{{0}}%', {{1}}, {{2}}, {{3}}, {{4}}, {{5}}",
        values: [7],
      },
      {
        pieces: (text) =>
          Promise.resolve(
            text
              .split(/\{\{(\d)\}\}/)
              .map((part, index) => (index % 2 === 0 ? { text: part } : { value: values[Number(part)] })),
          ),
      },
    );
    expect(fake.asked).toMatchObject([
      {
        sql: "select @p1, [a'b], @p2, @p3, @p4, @p5, @p6, @p7",
        values: {
          ...{ '@p1': 7, '@p2': `%${evil}%`, '@p3': 1.5, '@p4': 9_007_199_254_740_991 },
          ...{ '@p5': true, '@p6': null, '@p7': '{"a":1}' },
        },
        kinds: ['int', 'nvarchar', 'float', 'bigint', 'bit', 'nvarchar', 'nvarchar'],
        transaction: 0n,
      },
    ]);
  });

  it('selects by conditions, in order, some', async () => {
    replies(() => [{ columns: { id: types.int }, rows: [[7]] }]);
    const result = await run({
      where: [
        { column: 'name', operator: 'contains', value: '50%[x' },
        { column: 'at', operator: 'greater', value: '2026-03-01T08:00:00.1234567+08:00' },
        { column: 'o]dd', operator: 'in', value: 'a, b' },
      ],
      sort: [{ column: 'id', direction: 'desc' }],
      limit: 3,
      output: 'id',
    });
    expect(jsonOf(result)).toEqual([{ id: 7 }]);
    expect(fake.asked.at(-1)).toMatchObject({
      sql: "select top (3) [id] from [dbo].[orders] where [name] like @p1 escape '\\' and [at] > @p2 and [o]]dd] in (@p3, @p4) order by [id] desc",
      values: { '@p1': '%50\\%\\[x%', '@p2': '2026-03-01T00:00:00.1234567', '@p3': 'a', '@p4': 'b' },
    });
  });

  it('reads values as they are, nothing rounded and nothing moved between zones', async () => {
    const binary = memoryBinaryStore();
    const bytes = Buffer.from([0, 255, 1, 0xc3, 0x28]);
    fake.reply = () => [
      {
        columns: {
          ...{
            big: types.bigint,
            small: types.bigint,
            total: types.decimal(2),
            single: types.real,
            open: types.bit,
          },
          ...{
            day: types.date,
            plain: types.datetime2,
            at: types.datetimeoffset,
            name: types.text,
            photo: types.bytes,
          },
        },
        rows: [
          [
            ...['9007199254740993', '7', '-19.90', 0.1, 1],
            ...['2026-03-01', '2026-03-01T08:00:00.1234567', '2026-03-01T00:00:00.1200000', '归墟🎋', bytes],
          ],
        ],
      },
    ];
    const result = await run({}, { binary });
    expect(jsonOf(result)).toEqual([
      {
        ...{ big: '9007199254740993', small: 7, total: -19.9, single: 0.1, open: true },
        ...{ day: '2026-03-01', plain: '2026-03-01T08:00:00.1234567', at: '2026-03-01T00:00:00.120Z' },
        name: '归墟🎋',
      },
    ]);
    expect(await binary.read(result.ports[0]![0]!.binary!['photo']!)).toEqual(bytes);
    fake.reply = () => [{ columns: { total: types.decimal(4) }, rows: [['12345678901234.5678']] }];
    await expect(run({})).rejects.toMatchObject({
      code: 'PARAMETER_INVALID',
      facts: { reason: expect.stringContaining('convert(varchar(41), [total])') as string },
    });
    fake.reply = () => [{ columns: { a: types.int }, rows: [[1]] }];
    expect(jsonOf(await run({}))).toEqual([{ a: 1 }]);
  });

  it('writes all items in one transaction, each row by a statement of its own', async () => {
    const columns = { id: types.int, name: types.text, '#position': types.int };
    replies(({ sql }) =>
      /insert/.test(sql)
        ? [
            { columns, rows: [[1, 'a', 0]] },
            { columns, rows: [[2, null, 1]] },
          ]
        : [],
    );
    const result = await run(
      { operation: 'insert' },
      { items: items({ id: 1, name: 'a' }, { id: 2, name: null }) },
    );
    expect(result.ports[0]).toEqual([
      { json: { id: 1, name: 'a' }, pairedItem: { item: 0 } },
      { json: { id: 2, name: null }, pairedItem: { item: 1 } },
    ]);
    expect(statements()).toEqual([
      'begin transaction',
      [
        'insert into [dbo].[orders] ([id], [name]) output inserted.*, 0 as [#position] values (@p1, @p2); ',
        'insert into [dbo].[orders] ([id], [name]) output inserted.*, 1 as [#position] values (@p3, null); ',
      ].join(''),
      'commit transaction',
    ]);
    expect(fake.asked.map(({ transaction }) => transaction)).toEqual([0n, 1n, 1n, 1n]);
  });

  it('sends as many rows at once as values can be bound', async () => {
    replies(() => []);
    const rows = Array.from({ length: 1500 }, (_, id) => ({ id, name: 'n', photo: 'x' }));
    await run({ operation: 'insert' }, { items: items(...rows) });
    const counts = fake.asked.filter(({ sql }) => sql.startsWith('insert')).map(({ kinds }) => kinds.length);
    expect(counts).toEqual([2097, 2097, 306]);
  });

  it('inserts or updates, updates, deletes and skips', async () => {
    replies(() => [{ columns: { id: types.int }, rows: [[1]] }]);
    const each = { transaction: 'each', output: 'id' };
    const one = { items: items({ id: 1, name: 'a', at: null }) };
    await run({ operation: 'upsert', ...each }, one);
    await run({ operation: 'update', ...each }, one);
    await run({ operation: 'delete', ...each, where: [{ column: 'name', operator: 'is-null' }] });
    await run({ operation: 'insert', ...each, skipConflicts: true }, one);
    expect(statements().filter((sql) => !/^(begin|commit) transaction/.test(sql))).toEqual([
      'merge into [dbo].[orders] with (holdlock) as o using (select 1 as [#], @p1 as [id], @p2 as [name]) as n on o.[id] = n.[id] when matched then update set [name] = n.[name], [at] = null when not matched then insert ([id], [name], [at]) values (n.[id], n.[name], null) output inserted.[id], 0 as [#position]; ',
      'update [dbo].[orders] set [name] = @p1, [at] = null output inserted.[id] where [id] = @p2',
      'delete from [dbo].[orders] output deleted.[id] where [name] is null',
      'begin try insert into [dbo].[orders] ([id], [name], [at]) output inserted.[id], 0 as [#position] values (@p1, @p2, null);  end try begin catch if error_number() not in (2601, 2627) throw; end catch; ',
    ]);
    await expect(run({ operation: 'delete' })).rejects.toMatchObject({ code: 'PARAMETER_REQUIRED' });
  });

  it('takes back what was written when an item fails, and says which', async () => {
    const error = { number: 2627, message: 'Violation of PRIMARY KEY constraint.' };
    replies(({ sql }) =>
      sql.startsWith('update') && fake.asked.length > 4 ? [{ error }] : [{ rowCount: 1 }],
    );
    await expect(
      run(
        { operation: 'update' },
        { items: items({ id: 1, name: 'a' }, { id: 2, name: 'b' }, { id: 3, name: 'c' }) },
      ),
    ).rejects.toMatchObject({
      code: 'SERVICE_REFUSED',
      facts: { reason: error.message, number: 2627, itemIndex: expect.any(Number) as number },
    });
    expect(statements().at(-1)).toBe('if @@trancount > 0 rollback transaction');
    expect(statements()).not.toContain('commit transaction');
    // The connection is as good as before.
    replies(() => [{ columns: { a: types.int }, rows: [[1]] }]);
    expect(jsonOf(await run({}))).toEqual([{ a: 1 }]);
    expect(fake.signIns).toHaveLength(1);
  });

  it('runs several statements, and tells what the last one did', async () => {
    fake.reply = () => [{ columns: { a: types.int }, rows: [[1]] }, { rowCount: 3 }];
    const query = 'insert into a values (1) select 1 as a update b set c = 1';
    expect(jsonOf(await run({ operation: 'execute', query }))).toEqual([{ rowCount: 3 }]);
    fake.reply = () => [{ rowCount: 3 }, { columns: { a: types.int }, rows: [] }];
    expect(jsonOf(await run({ operation: 'execute', query }))).toEqual([]);
  });

  it('reads large results in parts, and no faster than they are taken', async () => {
    const bytes = Buffer.alloc(10_000, 'x');
    const rows = Array.from({ length: 4000 }, (_, n) => [n, bytes]);
    fake.reply = () => [{ columns: { n: types.int, bytes: types.bytes }, rows }];
    const store = memoryBinaryStore();
    let isHeld = false;
    let last = -1;
    const binary: typeof store = {
      ...store,
      async write(content, about) {
        if (!isHeld) {
          isHeld = true;
          // The first rows are there: the server waits with the others for as long as nobody takes them.
          await expect
            .poll(() => {
              const [socket] = fake.sockets;
              const waiting = socket?.writableLength ?? 0;
              const isSame = waiting > 0 && waiting === last;
              last = waiting;
              return isSame;
            })
            .toBe(true);
        }
        return store.write(content, about);
      },
    };
    const result = await run({}, { binary });
    expect(last).toBeGreaterThan(0);
    expect(result.ports[0]).toHaveLength(4000);
    expect(result.ports[0]?.at(-1)?.json).toEqual({ n: 3999 });
  });

  it('asks the server to stop when the execution is stopped', async () => {
    for (const query of ['select pause', 'exec pause']) {
      fake.reply = () => 'nothing';
      const before = fake.asked.length;
      const stop = new AbortController();
      const running = run({ operation: 'execute', query, transaction: 'each' }, { signal: stop.signal });
      const outcome = expect(running).rejects.toThrow('stopped by the user');
      await expect.poll(() => fake.asked.length).toBe(before + 1);
      stop.abort(new Error('stopped by the user'));
      await outcome;
    }
    expect(fake.stops).toBe(2);
    fake.reply = () => [{ columns: { a: types.int }, rows: [[1]] }];
    expect(jsonOf(await run({}))).toEqual([{ a: 1 }]);
  });

  it('tells when the server is gone in the middle, and connects anew for the next', async () => {
    for (const query of ['select pause', 'exec pause']) {
      fake.reply = () => 'nothing';
      const before = fake.asked.length;
      const running = run({ operation: 'execute', query, transaction: 'each' });
      const outcome = expect(running).rejects.toMatchObject({ code: 'CONNECTION_LOST' });
      await expect.poll(() => fake.asked.length).toBe(before + 1);
      for (const socket of fake.sockets) socket.destroy();
      await outcome;
    }
    fake.reply = () => [{ columns: { a: types.int }, rows: [[1]] }];
    expect(jsonOf(await run({}))).toEqual([{ a: 1 }]);
    // One that the server ended while nobody used it is not lent again.
    for (const socket of fake.sockets) socket.destroy();
    await expect.poll(() => fake.sockets.size).toBe(0);
    await expect.poll(async () => jsonOf(await run({}).catch(() => ({ ports: [] })))).toEqual([{ a: 1 }]);
  });

  it('opens no more connections than the credential allows', async () => {
    fake.reply = () => [{ columns: { a: types.int }, rows: [[1]] }];
    const one = login({ poolSize: '1' });
    await Promise.all(Array.from({ length: 5 }, () => run({}, {}, one)));
    expect(fake.signIns).toHaveLength(1);
  });
});
