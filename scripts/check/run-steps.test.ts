import { describe, expect, it } from 'vitest';
import { runSteps } from './run-steps.ts';

const node = (name: string, code: string) => ({ name, command: process.execPath, args: ['-e', code] });

describe('runSteps', () => {
  it('runs every step and tells which ones failed, with what they said', async () => {
    const seen: string[] = [];
    const results = await runSteps(
      [node('good', 'console.log("fine")'), node('bad', 'console.error("broken"); process.exit(3)')],
      { parallel: 2, onResult: ({ name }) => seen.push(name) },
    );
    const byName = Object.fromEntries(
      results.map(({ name, isPassed, output }) => [name, { isPassed, output }]),
    );
    expect(byName).toEqual({
      good: { isPassed: true, output: 'fine\n' },
      bad: { isPassed: false, output: 'broken\n' },
    });
    expect(seen.sort()).toEqual(['bad', 'good']);
  });

  it('takes a program that is not there for a failure', async () => {
    const [result] = await runSteps([{ name: 'missing', command: 'guixuflow-no-such-program', args: [] }], {
      parallel: 1,
      onResult: () => {},
    });
    expect(result).toMatchObject({ isPassed: false, output: expect.stringContaining('ENOENT') });
  });
});
