import { describe, expect, it } from 'vitest';
import { items, runNode } from '../../../node-kit/test-harness.ts';
import type { DataTables } from '../../../node-kit/index.ts';
import { dataTable } from './data-table.node.ts';

const ROW = { id: 3, createdAt: 0, updatedAt: 1000, values: { email: 'a@x', age: 7 } };
const OUTPUT = {
  email: 'a@x',
  age: 7,
  id: 3,
  createdAt: '1970-01-01T00:00:00.000Z',
  updatedAt: '1970-01-01T00:00:01.000Z',
};
const BY_EMAIL = [{ column: 'email', operation: 'equals', value: 'a@x' }];

/** Runs the node over tables that answer with `rows`, and tells what was asked of them. */
async function run(parameters: Record<string, unknown>, rows = [ROW], input = items({ n: 1 })) {
  const asked: unknown[] = [];
  const tables: DataTables = {
    rows: (query) => (asked.push(query), Promise.resolve({ items: rows, total: rows.length })),
    write: (id, change, unit) => (asked.push({ id, change, unit }), Promise.resolve(rows)),
  };
  const { ports } = await runNode(dataTable, {
    parameters: { table: 't', ...parameters },
    items: input,
    tables,
  });
  return { asked, output: ports[0]?.map(({ json }) => json) };
}

describe('data table', () => {
  it('inserts a row for each item, as a unit of its own', async () => {
    const values = [{ column: 'email', value: 'a@x' }];
    const { asked, output } = await run({ values }, [ROW], items({ n: 1 }, { n: 2 }));
    const change = { kind: 'insert', rows: [{ email: 'a@x' }] };
    expect(asked).toEqual([
      { id: 't', change, unit: 0 },
      { id: 't', change, unit: 1 },
    ]);
    expect(output).toEqual([OUTPUT, OUTPUT]);
  });

  it('takes the values from the fields of the item', async () => {
    const { asked } = await run({ operation: 'upsert', source: 'item', conditions: BY_EMAIL });
    const filter = { combinator: 'and', conditions: BY_EMAIL };
    expect(asked).toEqual([{ id: 't', unit: 0, change: { kind: 'upsert', filter, values: { n: 1 } } }]);
  });

  it('gets rows in order', async () => {
    const { asked, output } = await run({
      ...{ operation: 'get', conditions: BY_EMAIL, sortBy: 'age', direction: 'desc', limit: 5 },
    });
    expect(asked).toMatchObject([{ id: 't', limit: 5, sort: { column: 'age', direction: 'desc' } }]);
    expect(output).toEqual([OUTPUT]);
  });

  it('passes items on where a row exists, or where none does', async () => {
    const exists = { operation: 'exists', conditions: BY_EMAIL };
    expect((await run(exists)).output).toEqual([{ n: 1 }]);
    expect((await run(exists, [])).output).toEqual([]);
    expect((await run({ ...exists, operation: 'not-exists' })).output).toEqual([]);
    expect((await run({ ...exists, operation: 'not-exists' }, [])).output).toEqual([{ n: 1 }]);
  });

  it.each(['update', 'upsert', 'delete'])('does not %s rows without a condition', async (operation) => {
    await expect(run({ operation })).rejects.toMatchObject({
      code: 'PARAMETER_REQUIRED',
      facts: { parameter: 'conditions', itemIndex: 0 },
    });
  });

  it('clears a table, and tells how many rows it had', async () => {
    const { asked, output } = await run({ operation: 'clear' }, [ROW, ROW]);
    expect(asked).toMatchObject([{ change: { kind: 'delete', filter: { conditions: [] } } }]);
    expect(output).toEqual([{ deleted: 2 }]);
  });
});
