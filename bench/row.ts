/** One measured figure and the limit it is held against. */
export interface Row {
  name: string;
  /** What was measured, for people. */
  measured: string;
  limit: string;
  isWithin: boolean;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** Wall-clock milliseconds of `runs` calls after `warmUp` uncounted ones. */
export async function times(runs: number, warmUp: number, work: () => unknown): Promise<number[]> {
  const taken: number[] = [];
  for (let run = -warmUp; run < runs; run++) {
    const startedAt = performance.now();
    await work();
    if (run >= 0) taken.push(performance.now() - startedAt);
  }
  return taken;
}

export const ms = (value: number): string => `${value.toFixed(value < 10 ? 2 : 0)} ms`;
export const percent = (ratio: number): string => `${(ratio * 100).toFixed(1)} %`;
