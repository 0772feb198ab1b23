import { describe, expect, it } from 'vitest';
import { items, memoryBinaryStore } from '../../src/engine/node-kit/test-harness.ts';
import { mysqlBench } from './mysql-bench.ts';

const url = process.env['GUIXU_TEST_MYSQL_URL'];

describe.skipIf(!url)('MySQL connector', () => {
  const bench = mysqlBench(url!, 'values');
  const { database, run, jsonOf, ask, count, pieces, startProxy } = bench;

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
    await bench.admin.query('create procedure two() begin select 1 as a; select 2 as b; end');
    expect(jsonOf(await run({ operation: 'execute', query: 'call two()' }))).toEqual([{ b: 2 }]);
    await bench.admin.query('drop procedure two');
  });

  it('keeps bytes as files', async () => {
    const binary = memoryBinaryStore();
    const bytes = Buffer.from([0, 255, 1, 0xc3, 0x28]);
    await bench.admin.query('insert into orders (id, photo) values (1, ?)', [bytes]);
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
    await bench.admin.query(
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
              const [socket] = proxy.clients();
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
    await bench.connections.close();
    await proxy.stop();
    await bench.admin.query('drop table files');
  });
});
