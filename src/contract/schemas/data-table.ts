import { z } from 'zod';

export const DATA_COLUMN_TYPES = ['text', 'number', 'boolean', 'date-time', 'json'] as const;
export const DataColumnType = z.enum(DATA_COLUMN_TYPES);
export type DataColumnType = z.infer<typeof DataColumnType>;

/** What every row has besides the columns of its table. */
export const SYSTEM_COLUMNS = ['id', 'createdAt', 'updatedAt'] as const;

export const DataColumnName = z
  .string()
  .trim()
  .min(1)
  .max(100)
  .refine((name) => !(SYSTEM_COLUMNS as readonly string[]).includes(name) && name !== '__proto__', {
    message: 'every row has a column of that name already',
  });

export const DataColumn = z.object({
  /** Stays when the column is renamed. */
  id: z.string(),
  name: z.string(),
  type: DataColumnType,
  /** No two rows may have the same value; any number may have none. */
  unique: z.boolean(),
});
export type DataColumn = z.infer<typeof DataColumn>;

export const NewDataColumn = z.object({
  name: DataColumnName,
  type: DataColumnType,
  unique: z.boolean().default(false),
});
export type NewDataColumn = z.infer<typeof NewDataColumn>;

export const DataTable = z.object({
  id: z.string(),
  name: z.string(),
  columns: z.array(DataColumn),
  rowCount: z.number().int(),
  /** UTC milliseconds. */
  createdAt: z.number(),
  updatedAt: z.number(),
});
export type DataTable = z.infer<typeof DataTable>;

/** Cells by the names of their columns; null where a row has none. */
export const DataValues = z.record(z.string(), z.unknown());
export type DataValues = z.infer<typeof DataValues>;

export const DataRow = z.object({
  /** Grows within a table; never given twice. */
  id: z.number().int(),
  values: DataValues,
  /** UTC milliseconds. */
  createdAt: z.number(),
  updatedAt: z.number(),
});
export type DataRow = z.infer<typeof DataRow>;

export const DATA_OPERATIONS = [
  'equals',
  'not-equals',
  'greater',
  'greater-or-equal',
  'less',
  'less-or-equal',
  'contains',
  'empty',
  'not-empty',
] as const;

export const DataCondition = z.object({
  column: z.string(),
  operation: z.enum(DATA_OPERATIONS),
  value: z.unknown().optional(),
});

/** Which rows; no conditions let all through. Cells that are empty differ from every value. */
export const DataFilter = z.object({
  combinator: z.enum(['and', 'or']).default('and'),
  conditions: z.array(DataCondition).max(50).default([]),
});
export type DataFilter = z.infer<typeof DataFilter>;

/** Rows without a value come last either way; rows that are alike stay in the order of their ids. */
export const DataSort = z.object({ column: z.string(), direction: z.enum(['asc', 'desc']) });
export type DataSort = z.infer<typeof DataSort>;
