import { readTableCsv, writeTableCsv } from '../../data-tables/index.ts';
import { createId, EngineError } from '../../kernel/index.ts';
import { implementer } from './implementer.ts';

const { dataTables } = implementer;

/** More than a table has room for. */
const ALL_ROWS = 1_000_000;

export const dataTableHandlers = {
  list: dataTables.list.handler(async ({ context }) => ({
    items: await context.services.storage.dataTables.list(),
  })),
  get: dataTables.get.handler(({ input, context }) => context.services.storage.dataTables.get(input.id)),
  create: dataTables.create.handler(({ input, context: { services } }) =>
    services.storage.dataTables.create({ ...input, id: createId(), now: services.clock.now() }),
  ),
  rename: dataTables.rename.handler(({ input: { id, name }, context: { services } }) =>
    services.storage.dataTables.rename(id, name, services.clock.now()),
  ),
  delete: dataTables.delete.handler(async ({ input: { id }, context }) => {
    await context.services.storage.dataTables.delete(id);
    return { id };
  }),
  addColumn: dataTables.addColumn.handler(({ input: { id, column }, context: { services } }) =>
    services.storage.dataTables.addColumn(id, column, services.clock.now()),
  ),
  renameColumn: dataTables.renameColumn.handler(({ input, context: { services } }) =>
    services.storage.dataTables.renameColumn(input.id, input.columnId, input.name, services.clock.now()),
  ),
  removeColumn: dataTables.removeColumn.handler(({ input, context: { services } }) =>
    services.storage.dataTables.removeColumn(input.id, input.columnId, services.clock.now()),
  ),
  rows: dataTables.rows.handler(({ input, context }) => context.services.storage.dataTables.rows(input)),
  insertRow: dataTables.insertRow.handler(async ({ input: { id, values }, context: { services } }) => {
    const now = services.clock.now();
    const [row] = await services.storage.dataTables.write(id, { kind: 'insert', rows: [values] }, { now });
    if (!row) throw new EngineError('INTERNAL', { reason: 'an inserted row is missing' });
    return row;
  }),
  updateRow: dataTables.updateRow.handler(async ({ input: { id, rowId, values }, context: { services } }) => {
    const filter = rowsById([rowId]);
    const now = services.clock.now();
    const [row] = await services.storage.dataTables.write(id, { kind: 'update', filter, values }, { now });
    if (row) return row;
    const { name } = await services.storage.dataTables.get(id);
    throw new EngineError('DATA_ROW_NOT_FOUND', { table: name, row: rowId });
  }),
  deleteRows: dataTables.deleteRows.handler(async ({ input: { id, rowIds }, context: { services } }) => {
    const change = { kind: 'delete' as const, filter: rowsById(rowIds) };
    const rows = await services.storage.dataTables.write(id, change, { now: services.clock.now() });
    return { deleted: rows.length };
  }),
  importCsv: dataTables.importCsv.handler(async ({ input: { id, csv }, context: { services } }) => {
    const rows = await readTableCsv(csv);
    await services.storage.dataTables.write(id, { kind: 'insert', rows }, { now: services.clock.now() });
    return { inserted: rows.length };
  }),
  exportCsv: dataTables.exportCsv.handler(async ({ input: { id }, context: { services } }) => {
    const table = await services.storage.dataTables.get(id);
    const { items } = await services.storage.dataTables.rows({ id, limit: ALL_ROWS });
    return { csv: await writeTableCsv(table, items) };
  }),
};

function rowsById(ids: readonly number[]) {
  const conditions = ids.map((value) => ({ column: 'id', operation: 'equals' as const, value }));
  return { combinator: 'or' as const, conditions };
}
