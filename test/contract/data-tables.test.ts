import { afterAll, beforeAll, expect, it } from 'vitest';
import { WorkflowDocument } from '../../src/contract/index.ts';
import { startTestApp, type TestApp } from './test-app.ts';

let engine: TestApp;
beforeAll(async () => {
  engine = await startTestApp();
});
afterAll(() => engine.stop());

it('edits rows, and exports what it can import again', async () => {
  const { dataTables } = engine.app.client;
  const { id } = await dataTables.create({
    name: 'Stock',
    columns: [
      { name: 'sku', type: 'text', unique: true },
      { name: 'count', type: 'number' },
      { name: 'about', type: 'json' },
    ],
  });
  const csv = 'count,sku,about\n5,"a, ""b""",{"x":[1]}\n,"line\nbreak",\n';
  // The comma and quotes of JSON need quotes of their own.
  await dataTables.importCsv({ id, csv: csv.replace('{"x":[1]}', '"{""x"":[1]}"') });
  await dataTables.insertRow({ id, values: { sku: '重复' } });
  const updated = await dataTables.updateRow({ id, rowId: 3, values: { count: '8' } });
  expect(updated.values).toEqual({ sku: '重复', count: 8, about: null });
  const before = await dataTables.rows({ id });
  expect(before.items.map(({ values }) => values['sku'])).toEqual(['a, "b"', 'line\nbreak', '重复']);

  const exported = await dataTables.exportCsv({ id });
  expect(await dataTables.deleteRows({ id, rowIds: [1, 2, 3] })).toEqual({ deleted: 3 });
  expect(await dataTables.importCsv({ id, csv: exported.csv })).toEqual({ inserted: 3 });
  const after = await dataTables.rows({ id });
  expect(after.items.map(({ values }) => values)).toEqual(before.items.map(({ values }) => values));
});

it('imports nothing when a line cannot be read or does not fit', async () => {
  const { dataTables } = engine.app.client;
  const { id } = await dataTables.create({ name: 'Import', columns: [{ name: 'n', type: 'number' }] });
  const importing = (csv: string) => dataTables.importCsv({ id, csv });
  await expect(importing('n\n1\n"2')).rejects.toMatchObject({ code: 'DATA_CSV_INVALID' });
  await expect(importing('n\n1\n2,3')).rejects.toMatchObject({ code: 'DATA_CSV_INVALID' });
  await expect(importing('n\n1\nmany')).rejects.toMatchObject({ code: 'DATA_VALUE_INVALID' });
  await expect(importing('x\n1')).rejects.toMatchObject({ code: 'DATA_COLUMN_UNKNOWN' });
  expect(await dataTables.rows({ id })).toEqual({ items: [], total: 0 });
  await expect(dataTables.updateRow({ id, rowId: 7, values: {} })).rejects.toMatchObject({
    code: 'DATA_ROW_NOT_FOUND',
  });
});

it('lets a workflow write rows and read them later in the same execution', async () => {
  const { client } = engine.app;
  const { id: table } = await client.dataTables.create({
    name: 'Visits',
    columns: [
      { name: 'page', type: 'text', unique: true },
      { name: 'count', type: 'number' },
    ],
  });
  const conditions = [{ column: 'page', operation: 'equals', value: '={{ $json.page }}' }];
  const values = [
    { column: 'page', value: '={{ $json.page }}' },
    { column: 'count', value: '={{ $json.count }}' },
  ];
  const document = WorkflowDocument.parse({
    name: 'Visits',
    nodes: [
      { id: 'start', name: 'Start', type: 'manual-trigger' },
      {
        id: 'made',
        name: 'Made',
        type: 'code',
        parameters: {
          code: "return [{ page: 'a', count: 1 }, { page: 'b', count: 2 }, { page: 'a', count: 3 }];",
        },
      },
      {
        id: 'write',
        name: 'Write',
        type: 'data-table',
        parameters: { operation: 'upsert', table, conditions, values },
      },
      {
        id: 'read',
        name: 'Read',
        type: 'data-table',
        executeOnce: true,
        // By its name, as workflows from elsewhere do.
        parameters: { operation: 'get', table: 'visits', sortBy: 'count', direction: 'desc' },
      },
    ],
    connections: [
      { from: { node: 'start' }, to: { node: 'made' } },
      { from: { node: 'made' }, to: { node: 'write' } },
      { from: { node: 'write' }, to: { node: 'read' } },
    ],
  });
  const { id: workflowId } = await client.workflows.create({ document });
  const { id } = await client.executions.start({ workflowId });
  await expect.poll(async () => (await client.executions.get({ id })).status).toBe('success');
  const { items } = await client.executions.items({ id, nodeId: 'read' });
  expect(items.map(({ json }) => [json['page'], json['count']])).toEqual([
    ['a', 3],
    ['b', 2],
  ]);
});
