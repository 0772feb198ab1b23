import { z } from 'zod';

/** The part of vitest's JSON report that is counted. */
export const Report = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string().optional(),
      assertionResults: z.array(z.object({ fullName: z.string(), status: z.string() })),
    }),
  ),
});
export type Report = z.infer<typeof Report>;

/** Skips that are known and accepted; `test` is a regular expression over the full name of a test. */
export const AllowedSkips = z.array(z.object({ test: z.string(), reason: z.string().min(1) }));
export type AllowedSkips = z.infer<typeof AllowedSkips>;

export interface Tally {
  passed: number;
  failed: number;
  skipped: number;
  /** Full names of tests that were skipped without being on the list. */
  unexpectedSkips: string[];
}

/** Adds up what the reports say. A file that did not load, or could not be set up, counts as one
 * failure in place of the tests that never ran. */
export function tally(reports: readonly Report[], allowed: AllowedSkips): Tally {
  const patterns = allowed.map(({ test }) => new RegExp(test));
  const total: Tally = { passed: 0, failed: 0, skipped: 0, unexpectedSkips: [] };
  for (const { status, assertionResults } of reports.flatMap((report) => report.testResults)) {
    const isBroken = status === 'failed' && !assertionResults.some((test) => test.status === 'failed');
    if (isBroken) total.failed += 1;
    for (const test of assertionResults) {
      if (test.status === 'passed') total.passed += 1;
      else if (test.status === 'failed') total.failed += 1;
      else if (!isBroken) {
        total.skipped += 1;
        if (!patterns.some((pattern) => pattern.test(test.fullName)))
          total.unexpectedSkips.push(test.fullName);
      }
    }
  }
  return total;
}
