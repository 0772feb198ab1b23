import { oc } from '@orpc/contract';
import { z } from 'zod';
import {
  DataColumnName,
  DataFilter,
  DataRow,
  DataSort,
  DataTable,
  DataValues,
  NewDataColumn,
} from '../schemas/data-table.ts';

const tags = ['Data tables'];
const byId = z.object({ id: z.string() });
const byColumn = byId.extend({ columnId: z.string() });
const byRow = byId.extend({ rowId: z.coerce.number().int() });
const name = z.string().trim().min(1).max(100);
/** Characters of one import. */
const LONGEST_CSV = 10_000_000;

export const dataTableProcedures = {
  list: oc
    .route({ method: 'GET', path: '/data-tables', tags })
    .output(z.object({ items: z.array(DataTable) })),
  get: oc.route({ method: 'GET', path: '/data-tables/{id}', tags }).input(byId).output(DataTable),
  create: oc
    .route({ method: 'POST', path: '/data-tables', tags, successStatus: 201 })
    .input(z.object({ name, columns: z.array(NewDataColumn).max(100).default([]) }))
    .output(DataTable),
  rename: oc
    .route({ method: 'PUT', path: '/data-tables/{id}', tags })
    .input(byId.extend({ name }))
    .output(DataTable),
  delete: oc.route({ method: 'DELETE', path: '/data-tables/{id}', tags }).input(byId).output(byId),
  addColumn: oc
    .route({ method: 'POST', path: '/data-tables/{id}/columns', tags })
    .input(byId.extend({ column: NewDataColumn }))
    .output(DataTable),
  renameColumn: oc
    .route({ method: 'PUT', path: '/data-tables/{id}/columns/{columnId}', tags })
    .input(byColumn.extend({ name: DataColumnName }))
    .output(DataTable),
  /** Its cells are gone with it. */
  removeColumn: oc
    .route({ method: 'DELETE', path: '/data-tables/{id}/columns/{columnId}', tags })
    .input(byColumn)
    .output(DataTable),
  rows: oc
    .route({ method: 'POST', path: '/data-tables/{id}/rows/query', tags })
    .input(
      byId.extend({
        filter: DataFilter.optional(),
        sort: DataSort.optional(),
        offset: z.number().int().min(0).default(0),
        limit: z.number().int().min(1).max(200).default(50),
      }),
    )
    .output(z.object({ items: z.array(DataRow), total: z.number().int() })),
  insertRow: oc
    .route({ method: 'POST', path: '/data-tables/{id}/rows', tags, successStatus: 201 })
    .input(byId.extend({ values: DataValues }))
    .output(DataRow),
  /** Cells that are left out stay as they are. */
  updateRow: oc
    .route({ method: 'PUT', path: '/data-tables/{id}/rows/{rowId}', tags })
    .input(byRow.extend({ values: DataValues }))
    .output(DataRow),
  deleteRows: oc
    .route({ method: 'POST', path: '/data-tables/{id}/rows/delete', tags })
    .input(byId.extend({ rowIds: z.array(z.number().int()).min(1).max(200) }))
    .output(z.object({ deleted: z.number().int() })),
  /** Adds all rows or none. The first line names columns of the table. */
  importCsv: oc
    .route({ method: 'POST', path: '/data-tables/{id}/import', tags })
    .input(byId.extend({ csv: z.string().max(LONGEST_CSV) }))
    .output(z.object({ inserted: z.number().int() })),
  /** All rows, with a first line of column names. */
  exportCsv: oc
    .route({ method: 'GET', path: '/data-tables/{id}/export', tags })
    .input(byId)
    .output(z.object({ csv: z.string() })),
};
