import type { DataFilter, DataRow, DataValues, Item } from '../../../../contract/index.ts';
import { defineNode, MAIN_PORT, NodeError, param, type DataChange } from '../../../node-kit/index.ts';

const WRITES = ['insert', 'upsert', 'update', 'delete', 'clear'];
const WITH_VALUES = { operation: ['insert', 'upsert', 'update'] };
const WITH_CONDITIONS = { operation: ['upsert', 'update', 'delete', 'get', 'exists', 'not-exists'] };
/** More than a table has room for. */
const ALL_ROWS = 1_000_000;

export const dataTable = defineNode({
  type: 'data-table',
  version: 1,
  group: 'data',
  inputs: MAIN_PORT,
  outputs: MAIN_PORT,
  aliases: ['rows', 'storage', 'database', 'upsert', 'lookup', '数据表', '表格', '存储', '数据库'],
  parameters: {
    operation: param.select({
      options: ['insert', 'upsert', 'update', 'delete', 'get', 'exists', 'not-exists', 'clear'],
      default: 'insert',
      expression: false,
    }),
    table: param.dataTable({ required: true }),
    combinator: param.select({ options: ['and', 'or'], default: 'and', visibleWhen: WITH_CONDITIONS }),
    conditions: param.list({
      fields: {
        column: param.dataColumn({ required: true }),
        operation: param.select({
          options: [
            ...(['equals', 'not-equals', 'greater', 'greater-or-equal', 'less', 'less-or-equal'] as const),
            ...(['contains', 'empty', 'not-empty'] as const),
          ],
          default: 'equals',
        }),
        value: param.string(),
      },
      visibleWhen: WITH_CONDITIONS,
    }),
    source: param.select({ options: ['fields', 'item'], default: 'fields', visibleWhen: WITH_VALUES }),
    values: param.list({
      fields: { column: param.dataColumn({ required: true }), value: param.string() },
      visibleWhen: { ...WITH_VALUES, source: ['fields'] },
    }),
    sortBy: param.dataColumn({ visibleWhen: { operation: ['get'] } }),
    direction: param.select({
      options: ['asc', 'desc'],
      default: 'asc',
      visibleWhen: { operation: ['get'] },
    }),
    limit: param.number({ default: 0, min: 0, integer: true, visibleWhen: { operation: ['get'] } }),
  },
  // The key of a write lies in the same transaction as its rows: see docs/adr/0010-writes-to-data-tables.md.
  effect: ({ operation }) => (WRITES.includes(operation) ? 'keyed' : 'read'),
  execute(context) {
    const { tables } = context;
    return context.perItem(async (item, index): Promise<Item | Item[]> => {
      const { operation, table, combinator, conditions, source, values, sortBy, direction, limit } =
        context.parameters(index);
      const filter: DataFilter = { combinator, conditions };
      if (operation === 'get') {
        const { items } = await tables.rows({
          ...{ id: table, filter, limit: limit || ALL_ROWS },
          ...(sortBy && { sort: { column: sortBy, direction } }),
        });
        return items.map(toItem);
      }
      if (operation === 'exists' || operation === 'not-exists') {
        const { total } = await tables.rows({ id: table, filter, limit: 1 });
        return total > 0 === (operation === 'exists') ? { ...item } : [];
      }
      if (operation === 'clear') {
        const change = { kind: 'delete' as const, filter: { combinator, conditions: [] } };
        const rows = await tables.write(table, change, index);
        return { json: { deleted: rows.length } };
      }
      if (operation !== 'insert' && conditions.length === 0)
        throw new NodeError('PARAMETER_REQUIRED', { parameter: 'conditions', field: 'conditions' });
      const cells = source === 'item' ? item.json : toValues(values);
      const rows = await tables.write(table, changeOf(operation, filter, cells), index);
      return rows.map(toItem);
    });
  },
});

function changeOf(
  kind: 'insert' | 'upsert' | 'update' | 'delete',
  filter: DataFilter,
  values: DataValues,
): DataChange {
  if (kind === 'insert') return { kind, rows: [values] };
  return kind === 'delete' ? { kind, filter } : { kind, filter, values };
}

function toValues(rows: ReadonlyArray<{ column: string; value: string }>): DataValues {
  return Object.fromEntries(rows.map(({ column, value }) => [column, value]));
}

function toItem({ id, createdAt, updatedAt, values }: DataRow): Item {
  return {
    json: {
      ...values,
      id,
      createdAt: new Date(createdAt).toISOString(),
      updatedAt: new Date(updatedAt).toISOString(),
    },
  };
}
