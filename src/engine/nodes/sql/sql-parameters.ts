import { param, type ParametersOf } from '../../node-kit/index.ts';
import { conditionFields } from '../../connectors/sql/index.ts';

const ON_TABLE = { operation: ['select', 'insert', 'upsert', 'update', 'delete'] };
const WRITES = { operation: ['insert', 'upsert', 'update'] };
const MATCHES = { operation: ['select', 'delete'] };

/** The parameters of a node for one kind of database; `schema` is where tables are unless something else is said. */
export function sqlParameters({ schema, query }: { schema: string; query: string }) {
  return {
    operation: param.select({
      options: ['select', 'insert', 'upsert', 'update', 'delete', 'execute'],
      default: 'select',
      expression: false,
    }),
    query: param.code({ language: 'sql', default: query, visibleWhen: { operation: ['execute'] } }),
    values: param.json({ default: [], visibleWhen: { operation: ['execute'] } }),
    schema: param.string({ default: schema, required: schema !== '', visibleWhen: ON_TABLE }),
    table: param.string({ required: true, visibleWhen: ON_TABLE }),
    columnsFrom: param.select({ options: ['item', 'list'], default: 'item', visibleWhen: WRITES }),
    columns: param.list({
      fields: { column: param.string({ required: true }), value: param.string() },
      visibleWhen: { ...WRITES, columnsFrom: ['list'] },
    }),
    matchColumns: param.string({
      default: 'id',
      required: true,
      placeholder: 'id, shop',
      visibleWhen: { operation: ['upsert', 'update'] },
    }),
    where: param.list({ fields: conditionFields, visibleWhen: MATCHES }),
    combine: param.select({ options: ['and', 'or'], default: 'and', visibleWhen: MATCHES }),
    sort: param.list({
      fields: {
        column: param.string({ required: true }),
        direction: param.select({ options: ['asc', 'desc'], default: 'asc' }),
      },
      visibleWhen: { operation: ['select'] },
    }),
    limit: param.number({ default: 0, min: 0, integer: true, visibleWhen: { operation: ['select'] } }),
    output: param.string({ default: '*', required: true, visibleWhen: ON_TABLE }),
    transaction: param.select({
      options: ['all', 'each'],
      default: 'all',
      expression: false,
      visibleWhen: { operation: ['insert', 'upsert', 'update', 'delete', 'execute'] },
    }),
    skipConflicts: param.boolean({ visibleWhen: { operation: ['insert'] } }),
  };
}

export type SqlParameters = ReturnType<typeof sqlParameters>;
export type SqlSettings = ParametersOf<SqlParameters>;
