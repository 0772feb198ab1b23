/**
 * One level of cells: nested fields as `a.b`, plain values as they are; lists as JSON or, if asked for, as columns
 * `a.0`, `a.1`.
 */
export function flatten(
  value: Record<string, unknown>,
  lists: 'json' | 'columns' = 'json',
  prefix = '',
): Record<string, unknown> {
  const cells: Record<string, unknown> = {};
  for (const name of Object.keys(value)) {
    const entry = value[name];
    if (Array.isArray(entry) && lists === 'json') cells[prefix + name] = JSON.stringify(entry);
    else if (typeof entry === 'object' && entry !== null)
      Object.assign(cells, flatten(entry as Record<string, unknown>, lists, `${prefix}${name}.`));
    else cells[prefix + name] = entry;
  }
  return cells;
}
