/** `wanted`, or `wanted 2`, `wanted 3`… when the name is taken. A number at the end is counted on from. */
export function uniqueName(wanted: string, taken: ReadonlySet<string>): string {
  if (!taken.has(wanted)) return wanted;
  const [, stem = wanted] = /^(.*?)\s*\d+$/.exec(wanted) ?? [];
  const base = stem || wanted;
  for (let count = 2; ; count += 1) {
    const candidate = `${base} ${count}`;
    if (!taken.has(candidate)) return candidate;
  }
}
