import { describe, expect, it } from 'vitest';
import { mapped } from './test-mapped.ts';

const locator = (value: string) => ({ __rl: true, mode: 'list', value });

describe('the PostgreSQL and MySQL nodes of n8n', () => {
  it('run queries with the values in their places', () => {
    expect(
      mapped('postgres', 2.5, {
        operation: 'executeQuery',
        query: 'select * from orders where id = $1 and shop = $2 and kind = $3',
        options: { queryReplacement: "={{ $json.id }}, {{ $json.shop ?? 'a, b' }}, web" },
      }),
    ).toEqual({
      type: 'postgres',
      parameters: {
        operation: 'execute',
        query: `=select * from orders where id = {{ $json.id }} and shop = {{ $json.shop ?? 'a, b' }} and kind = {{ "web" }}`,
        transaction: 'all',
      },
      findings: [],
    });
    const list = mapped('mySql', 2.4, {
      operation: 'executeQuery',
      query: 'select $2',
      options: { queryReplacement: '={{ [$json.a, $json.b] }}', queryBatching: 'independently' },
    });
    expect(list).toMatchObject({
      type: 'mysql',
      parameters: { query: '=select {{ ([$json.a, $json.b])[1] }}', transaction: 'each' },
    });
    expect(
      mapped('postgres', 1, { operation: 'executeQuery', query: '=select {{ 1 }}' }).parameters,
    ).toMatchObject({
      query: '=select {{ 1 }}',
    });
  });

  it('select and delete by conditions', () => {
    const where = {
      values: [
        { column: 'city', value: 'Xi’an' },
        { column: 'name', condition: 'LIKE', value: '%a%' },
        { column: 'gone', condition: 'IS NULL' },
      ],
    };
    const place = { schema: locator('shop'), table: locator('orders') };
    const sort = { values: [{ column: 'id', direction: 'DESC' }] };
    expect(
      mapped('postgres', 2, {
        ...place,
        operation: 'select',
        where,
        sort,
        limit: 5,
        combineConditions: 'OR',
      }),
    ).toMatchObject({
      parameters: {
        operation: 'select',
        schema: 'shop',
        table: 'orders',
        where: [
          { column: 'city', operator: 'equal', value: 'Xi’an' },
          { column: 'name', operator: 'contains', value: 'a' },
          { column: 'gone', operator: 'is-null' },
        ],
        combine: 'or',
        sort: [{ column: 'id', direction: 'desc' }],
        limit: 5,
      },
      findings: [],
    });
    const rows = { ...place, operation: 'deleteTable', deleteCommand: 'delete', where };
    expect(mapped('postgres', 2, rows).parameters).toMatchObject({ operation: 'delete', table: 'orders' });
  });

  it('write what items hold, or named columns', () => {
    const columns = {
      mappingMode: 'defineBelow',
      value: { id: '={{ $json.id }}', n: 1, none: null },
      matchingColumns: ['id'],
      schema: [],
    };
    expect(mapped('postgres', 2.5, { operation: 'upsert', table: locator('t'), columns }).parameters).toEqual(
      {
        operation: 'upsert',
        table: 't',
        matchColumns: 'id',
        columnsFrom: 'list',
        columns: [
          { column: 'id', value: '={{ $json.id }}' },
          { column: 'n', value: '1' },
        ],
        transaction: 'all',
      },
    );
    expect(
      mapped('mySql', 2, { operation: 'insert', table: locator('t'), dataMode: 'autoMapInputData' })
        .parameters,
    ).toMatchObject({ columnsFrom: 'item' });
  });

  it('say what has no counterpart', () => {
    for (const parameters of [{ operation: 'deleteTable', deleteCommand: 'drop' }, { operation: 'other' }])
      expect(mapped('postgres', 2, parameters)).toMatchObject({
        type: 'placeholder',
        findings: [['NODE_VERSION_UNSUPPORTED', undefined]],
      });
  });
});
