/** Rows as CSV (RFC 4180, line feeds); columns in the order they first appear, nested fields as `a.b`. */
export async function writeCsv(
  rows: ReadonlyArray<Record<string, unknown>>,
  { delimiter, header }: { delimiter: string; header: boolean },
): Promise<string> {
  const { stringify } = await import('csv-stringify/sync');
  const flat = rows.map((row) => flatten(row));
  const columns = [...new Set(flat.flatMap((row) => Object.keys(row)))];
  return stringify(
    flat.map((row) => columns.map((column) => row[column] ?? '')),
    { delimiter, header, columns: columns.map((column) => ({ key: column, header: column })) },
  );
}

function flatten(value: Record<string, unknown>, prefix = ''): Record<string, string> {
  const cells: Record<string, string> = {};
  for (const [name, entry] of Object.entries(value)) {
    if (Array.isArray(entry)) cells[prefix + name] = JSON.stringify(entry);
    else if (typeof entry === 'object' && entry !== null)
      Object.assign(cells, flatten(entry as Record<string, unknown>, `${prefix}${name}.`));
    else cells[prefix + name] = entry === null || entry === undefined ? '' : String(entry as string | number);
  }
  return cells;
}
