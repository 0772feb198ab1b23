/** One level of cells: nested fields as `a.b`, lists as JSON, plain values as they are. */
export function flatten(value: Record<string, unknown>, prefix = ''): Record<string, unknown> {
  const cells: Record<string, unknown> = {};
  for (const name of Object.keys(value)) {
    const entry = value[name];
    if (Array.isArray(entry)) cells[prefix + name] = JSON.stringify(entry);
    else if (typeof entry === 'object' && entry !== null)
      Object.assign(cells, flatten(entry as Record<string, unknown>, `${prefix}${name}.`));
    else cells[prefix + name] = entry;
  }
  return cells;
}
