export const AGGREGATIONS = [
  'append',
  'average',
  'concatenate',
  'count',
  'count-unique',
  'max',
  'min',
  'sum',
] as const;
export type Aggregation = (typeof AGGREGATIONS)[number];

export interface Summary {
  aggregation: Aggregation;
  field: string;
  includeEmpty: boolean;
  separator: string;
}

/** What the name of a summary's field begins with. */
export const PREFIXES: Readonly<Record<Aggregation, string>> = {
  append: 'appended_',
  average: 'average_',
  concatenate: 'concatenated_',
  count: 'count_',
  'count-unique': 'unique_count_',
  max: 'max_',
  min: 'min_',
  sum: 'sum_',
};

export function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}

/** One summary over the values of a field, one per item. */
export function aggregate(
  values: readonly unknown[],
  { aggregation, includeEmpty, separator }: Summary,
): unknown {
  const present = values.filter((value) => !isEmpty(value));
  const shown = includeEmpty ? values : present;
  switch (aggregation) {
    case 'append':
      return shown.map((value) => value ?? null);
    case 'concatenate':
      return shown.map(textOf).join(separator);
    case 'count':
      return shown.length;
    case 'count-unique':
      return new Set(shown.map((value) => (value === undefined ? '' : JSON.stringify(value)))).size;
    case 'sum':
      return sum(present);
    case 'average':
      return present.length === 0 ? 0 : sum(present) / present.length;
    case 'max':
      return extreme(present, (a, b) => a > b);
    case 'min':
      return extreme(present, (a, b) => a < b);
  }
}

function sum(values: readonly unknown[]): number {
  return values.reduce<number>((total, value) => total + Number(value), 0);
}

function textOf(value: unknown): string {
  if (value === undefined) return 'undefined';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** Compared as JavaScript compares: numbers by size, texts (and so ISO dates) by code unit. */
function extreme(values: readonly unknown[], isBetter: (a: never, b: never) => boolean): unknown {
  return values.reduce<unknown>(
    (best, value) => (best === null || isBetter(value as never, best as never) ? value : best),
    null,
  );
}
