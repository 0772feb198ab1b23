/** A value made ready for comparing: values of different types sort by `rank`. */
export interface SortKey {
  rank: number;
  value: number | string;
  /** Breaks the tie between texts that differ in case only. */
  exact: string;
  isMissing: boolean;
}

const MISSING: SortKey = { rank: 9, value: 0, exact: '', isMissing: true };

/** Numbers, then true and false, dates, texts, and everything else as its JSON. */
export function sortKey(value: unknown, caseSensitive: boolean): SortKey {
  if (value === undefined || value === null || Number.isNaN(value)) return MISSING;
  if (typeof value === 'number') return key(0, value);
  if (typeof value === 'boolean') return key(1, Number(value));
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? MISSING : key(2, value.getTime());
  if (typeof value === 'string') return key(3, caseSensitive ? value : value.toLowerCase(), value);
  return key(4, JSON.stringify(value) ?? '');
}

function key(rank: number, value: number | string, exact = ''): SortKey {
  return { rank, value, exact, isMissing: false };
}

/** Texts compare by code unit and not by a locale, so that every machine gives the same order. */
export function compareValues(a: SortKey, b: SortKey, direction: number): number {
  if (a.isMissing || b.isMissing) return Number(a.isMissing) - Number(b.isMissing);
  if (a.rank !== b.rank) return (a.rank - b.rank) * direction;
  if (a.value !== b.value) return a.value < b.value ? -direction : direction;
  if (a.exact !== b.exact) return a.exact < b.exact ? -direction : direction;
  return 0;
}
