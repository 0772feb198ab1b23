/** A copy with the row at `from` moved to `to`. */
export function moveRow<T>(rows: readonly T[], from: number, to: number): T[] {
  const next = [...rows];
  const [row] = next.splice(from, 1);
  if (row !== undefined) next.splice(to, 0, row);
  return next;
}

export function withoutRow<T>(rows: readonly T[], index: number): T[] {
  return rows.filter((_row, at) => at !== index);
}
