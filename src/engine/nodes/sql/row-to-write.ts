import type { Item } from '../../../contract/index.ts';
import { toColumn, type RowValues, type TableColumns } from '../../connectors/sql/index.ts';
import { NodeError } from '../../node-kit/index.ts';
import type { SqlSettings } from './sql-parameters.ts';

/** Column to value, as the item or the form's list says. Throws PARAMETER_INVALID for columns that the table does not have. */
export function rowToWrite(
  item: Item,
  { columnsFrom, columns, table }: SqlSettings,
  { known, itemIndex }: { known: TableColumns; itemIndex: number },
): RowValues {
  const row = new Map<string, unknown>(
    columnsFrom === 'item'
      ? Object.entries(item.json)
      : columns.map(({ column, value }) => [column, value] as const),
  );
  const unknown = [...row.keys()].filter((name) => !known.has(name));
  const invalid = (reason: string) =>
    new NodeError('PARAMETER_INVALID', { field: 'columns', parameter: 'columns', itemIndex, reason });
  if (unknown.length > 0)
    throw invalid(
      `the table "${table}" has no column ${unknown.join(', ')}; it has ${[...known.keys()].join(', ')}`,
    );
  if (row.size === 0) throw invalid('there is nothing to write');
  for (const [name, value] of row) row.set(name, toColumn(value, known.get(name)));
  return row;
}

/** The columns to give. */
export function outputOf({ output }: Pick<SqlSettings, 'output'>): readonly string[] | '*' {
  return output.trim() === '*' ? '*' : nameList(output);
}

/** Names with commas between them. */
export function nameList(text: string): string[] {
  return text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}
