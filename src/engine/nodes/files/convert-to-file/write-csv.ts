import type { ItemList } from '../../../node-kit/index.ts';
import { flatten } from './flatten.ts';

export interface CsvFormat {
  delimiter: string;
  header: boolean;
  byteOrderMark: boolean;
  lists: 'json' | 'columns';
}

/**
 * Items as CSV (RFC 4180, line feeds) in UTF-8, some at a time; columns in the order they first appear, nested fields
 * as `a.b`. Goes through the list twice: only the end tells which columns there are.
 */
export async function* writeCsv(
  list: ItemList,
  { delimiter, header, byteOrderMark, lists }: CsvFormat,
): AsyncGenerator<Buffer> {
  const { stringify } = await import('csv-stringify/sync');
  const columns = await columnsOf(list, lists);
  const bytesOf = (rows: string[][]) => Buffer.from(stringify(rows, { delimiter }));
  if (byteOrderMark) yield Buffer.from('\uFEFF');
  if (header && columns.length > 0) yield bytesOf([columns]);
  for await (const items of list.chunks()) {
    yield bytesOf(
      items.map(({ json }) => {
        const cells = flatten(json, lists);
        return columns.map((column) => textOf(cells[column]));
      }),
    );
  }
}

async function columnsOf(list: ItemList, lists: CsvFormat['lists']): Promise<string[]> {
  const columns = new Set<string>();
  for await (const items of list.chunks())
    for (const { json } of items) for (const column of Object.keys(flatten(json, lists))) columns.add(column);
  return [...columns];
}

function textOf(cell: unknown): string {
  return cell === null || cell === undefined ? '' : String(cell as string | number);
}
