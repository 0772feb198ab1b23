import { describe, expect, it } from 'vitest';
import { tally, type Report } from './tally.ts';

const file = (status: string, ...tests: Array<[string, string]>): Report => ({
  testResults: [
    {
      name: 'a.test.ts',
      status,
      assertionResults: tests.map(([fullName, status]) => ({ fullName, status })),
    },
  ],
});

describe('tally', () => {
  it('adds up what all reports say', () => {
    const reports = [
      file('passed', ['a', 'passed'], ['b', 'passed']),
      file('failed', ['c', 'failed'], ['d', 'passed']),
    ];
    expect(tally(reports, [])).toEqual({ passed: 3, failed: 1, skipped: 0, unexpectedSkips: [] });
  });

  it('counts a file that did not load, or could not be set up, as one failure', () => {
    const expected = { passed: 0, failed: 1, skipped: 0, unexpectedSkips: [] };
    expect(tally([file('failed')], [])).toEqual(expected);
    expect(tally([file('failed', ['a', 'skipped'], ['b', 'skipped'])], [])).toEqual(expected);
  });

  it('tells skips that are on the list from others', () => {
    const reports = [
      file('passed', ['storage on Postgres saves', 'pending'], ['x', 'skipped'], ['y', 'todo']),
    ];
    expect(tally(reports, [{ test: 'on Postgres', reason: 'no server' }])).toEqual({
      passed: 0,
      failed: 0,
      skipped: 3,
      unexpectedSkips: ['x', 'y'],
    });
  });
});
