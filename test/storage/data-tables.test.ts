import { afterEach, beforeEach, expect, it } from 'vitest';
import { DataFilter, type DataTable } from '../../src/contract/index.ts';
import { describeDatabases, type TestDatabase } from './databases.ts';
import { NOW } from './samples.ts';

describeDatabases('data tables', (open) => {
  let database: TestDatabase;
  let table: DataTable;

  beforeEach(async () => {
    database = await open();
    table = await database.storage.dataTables.create({
      id: 'people',
      name: 'People',
      columns: [
        { name: 'name', type: 'text', unique: false },
        { name: 'email', type: 'text', unique: true },
        { name: 'age', type: 'number', unique: false },
        { name: 'active', type: 'boolean', unique: false },
        { name: 'since', type: 'date-time', unique: false },
        { name: 'about', type: 'json', unique: false },
      ],
      now: NOW,
    });
  });
  afterEach(() => database.drop());

  const insert = (...rows: Array<Record<string, unknown>>) =>
    database.storage.dataTables.write('people', { kind: 'insert', rows }, { now: NOW });
  const where = (column: string, operation: string, value?: unknown) =>
    DataFilter.parse({ conditions: [{ column, operation, value }] });
  const names = async (query: Record<string, unknown> = {}) => {
    const { items } = await database.storage.dataTables.rows({ id: 'people', limit: 100, ...query });
    return items.map(({ values }) => values['name']);
  };

  it('keeps values in the types of their columns', async () => {
    const since = '2026-02-01T08:00:00+08:00';
    const [row] = await insert(
      { name: 7, email: 'a@x', age: '42.5', active: 'true', since, about: '{"a":[1]}' },
      { name: 'Bo', email: null },
    );
    expect(row).toEqual({
      id: 1,
      createdAt: NOW,
      updatedAt: NOW,
      values: {
        name: '7',
        email: 'a@x',
        age: 42.5,
        active: true,
        since: '2026-02-01T00:00:00.000Z',
        about: { a: [1] },
      },
    });
    const { items, total } = await database.storage.dataTables.rows({ id: 'people', limit: 1, offset: 1 });
    expect(total).toBe(2);
    expect(items[0]?.values).toEqual({
      name: 'Bo',
      email: null,
      age: null,
      active: null,
      since: null,
      about: null,
    });
  });

  it.each([
    ['age', 'many'],
    ['active', 'perhaps'],
    ['since', 'yesterday'],
    ['about', '{"a":'],
    ['name', { first: 'Ann' }],
    ['name', 'nul \u0000 inside'],
    ['about', { half: '\ud800' }],
  ])('refuses what does not fit column %s', async (column, value) => {
    await expect(insert({ name: 'fits' }, { [column]: value })).rejects.toMatchObject({
      code: 'DATA_VALUE_INVALID',
      facts: { column },
    });
    expect(await names()).toEqual([]);
  });

  it('refuses unknown columns, rows that are too large, and tables there are not', async () => {
    await expect(insert({ nope: 1 })).rejects.toMatchObject({ code: 'DATA_COLUMN_UNKNOWN' });
    await expect(insert({ name: 'x'.repeat(300_000) })).rejects.toMatchObject({
      code: 'DATA_VALUE_TOO_LARGE',
    });
    await expect(database.storage.dataTables.get('nowhere')).rejects.toMatchObject({
      code: 'DATA_TABLE_NOT_FOUND',
    });
  });

  it('keeps unique values apart, and frees them again', async () => {
    const { dataTables } = database.storage;
    const long = 'long'.repeat(10_000);
    await insert({ name: 'Ann', email: 'a@x' }, { name: 'Bo', email: long }, { name: 'Cy' }, { name: 'Di' });
    await expect(insert({ name: 'new' }, { email: 'a@x' })).rejects.toMatchObject({
      code: 'DATA_VALUE_TAKEN',
      facts: { column: 'email', value: '"a@x"' },
    });
    await expect(insert({ email: long })).rejects.toMatchObject({ code: 'DATA_VALUE_TAKEN' });
    const both = { kind: 'update' as const, filter: DataFilter.parse({}), values: { email: 'same' } };
    await expect(dataTables.write('people', both, { now: NOW })).rejects.toMatchObject({
      code: 'DATA_VALUE_TAKEN',
    });
    expect(await names()).toEqual(['Ann', 'Bo', 'Cy', 'Di']);

    await dataTables.write(
      'people',
      { kind: 'delete', filter: where('name', 'equals', 'Ann') },
      { now: NOW },
    );
    expect(await insert({ name: 'Eve', email: 'a@x' })).toMatchObject([{ id: 5 }]);
    expect(await dataTables.get('people')).toMatchObject({ rowCount: 4 });
  });

  it('finds rows by conditions of every type', async () => {
    await insert(
      { name: 'Ann', age: 9, active: true, since: '2026-01-01', about: { a: 1 } },
      { name: 'Bo', age: 10, active: false, since: '2026-02-01' },
      { name: '王芳' },
    );
    expect(await names({ filter: where('age', 'less', '10') })).toEqual(['Ann']);
    expect(await names({ filter: where('age', 'greater-or-equal', 9) })).toEqual(['Ann', 'Bo']);
    expect(await names({ filter: where('age', 'not-equals', 9) })).toEqual(['Bo', '王芳']);
    expect(await names({ filter: where('active', 'equals', 'false') })).toEqual(['Bo']);
    expect(await names({ filter: where('since', 'less-or-equal', '2026-01-15') })).toEqual(['Ann']);
    expect(await names({ filter: where('about', 'not-empty') })).toEqual(['Ann']);
    expect(await names({ filter: where('name', 'contains', 'AN') })).toEqual(['Ann']);
    expect(await names({ filter: where('name', 'contains', '芳') })).toEqual(['王芳']);
    expect(await names({ filter: where('id', 'greater', 1) })).toEqual(['Bo', '王芳']);
    expect(await names({ filter: where('createdAt', 'equals', new Date(NOW).toISOString()) })).toHaveLength(
      3,
    );
    const either = { ...where('age', 'equals', 10), combinator: 'or' as const };
    either.conditions.push({ column: 'age', operation: 'empty' });
    expect(await names({ filter: either })).toEqual(['Bo', '王芳']);
    expect(await names({ filter: where('name', 'equals', "' or 1=1 --") })).toEqual([]);
    await expect(names({ filter: where('age', 'equals', undefined) })).rejects.toMatchObject({
      code: 'DATA_VALUE_INVALID',
    });
  });

  it('sorts by the type of the column, with missing values last', async () => {
    await insert({ name: 'b', age: 10 }, { name: 'B', age: 9 }, { name: 'a' });
    const by = (column: string, direction: string) => names({ sort: { column, direction } });
    expect(await by('age', 'asc')).toEqual(['B', 'b', 'a']);
    expect(await by('age', 'desc')).toEqual(['b', 'B', 'a']);
    expect(await by('name', 'asc')).toEqual(['B', 'a', 'b']);
    expect(await by('id', 'desc')).toEqual(['a', 'B', 'b']);
  });

  it('adds, renames and removes columns', async () => {
    const { dataTables } = database.storage;
    await insert({ name: 'Ann', email: 'a@x' });
    const [nameColumn, email] = table.columns;
    await dataTables.renameColumn('people', nameColumn?.id ?? '', 'full name', NOW);
    await dataTables.removeColumn('people', email?.id ?? '', NOW);
    const changed = await dataTables.addColumn(
      'people',
      { name: 'email', type: 'number', unique: true },
      NOW,
    );
    expect(changed.columns.map(({ name }) => name)).toEqual([
      ...['full name', 'age', 'active', 'since', 'about', 'email'],
    ]);
    const { items } = await dataTables.rows({ id: 'people', limit: 1 });
    expect(items[0]?.values).toMatchObject({ 'full name': 'Ann', email: null });
    await expect(
      dataTables.addColumn('people', { name: 'age', type: 'text', unique: false }, NOW),
    ).rejects.toMatchObject({ code: 'DATA_COLUMN_TAKEN' });
  });

  it('renames and deletes tables, whose names differ in more than case', async () => {
    const { dataTables } = database.storage;
    await expect(
      dataTables.create({ id: 'other', name: 'PEOPLE', columns: [], now: NOW }),
    ).rejects.toMatchObject({ code: 'DATA_TABLE_NAME_TAKEN' });
    expect(await dataTables.rename('people', 'Contacts', NOW)).toMatchObject({ name: 'Contacts' });
    expect(await dataTables.get('contacts')).toMatchObject({ id: 'people' });
    await dataTables.delete('people');
    expect(await dataTables.list()).toEqual([]);
  });

  it('makes a change once for a key, also after a restart', async () => {
    const once = { key: 'key-1', executionId: 'execution-1' };
    const change = { kind: 'insert' as const, rows: [{ name: 'Ann' }] };
    const first = await database.storage.dataTables.write('people', change, { now: NOW, once });
    await database.reopen();
    expect(await database.storage.dataTables.write('people', change, { now: NOW + 1, once })).toEqual(first);
    expect(await names()).toEqual(['Ann']);
  });

  it('takes a key for a change that was made only', async () => {
    const once = { key: 'key-1', executionId: 'execution-1' };
    const change = { kind: 'insert' as const, rows: [{ name: 'Ann' }, { age: 'many' }] };
    const about = { now: NOW, once };
    await expect(database.storage.dataTables.write('people', change, about)).rejects.toThrow();
    await database.storage.dataTables.write('people', { ...change, rows: [{ name: 'Bo' }] }, about);
    expect(await names()).toEqual(['Bo']);
  });

  it('lets changes follow one another, so that none is based on rows that are not there any more', async () => {
    const upsert = (age: number) =>
      database.storage.dataTables.write(
        'people',
        { kind: 'upsert', filter: where('email', 'equals', 'a@x'), values: { email: 'a@x', age } },
        { now: NOW },
      );
    await Promise.all([1, 2, 3, 4, 5].map(upsert));
    const { items } = await database.storage.dataTables.rows({ id: 'people', limit: 10 });
    // On a server the order among those that come together is its own; what matters is that they found one row.
    expect(items).toMatchObject([{ id: 1, values: { email: 'a@x' } }]);
    expect([1, 2, 3, 4, 5]).toContain(items[0]?.values['age']);
  });
});
