import { execFile } from 'node:child_process';
import { existsSync, globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ExecutionOutcome } from '../../src/main/cli/run-to-end.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const PLAYGROUND = join(ROOT, 'playground');
const files = globSync('*.json', { cwd: PLAYGROUND }).sort();

async function execute(args: string[]): Promise<ExecutionOutcome[]> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--no-node-snapshot', join(ROOT, 'out', 'main', 'cli.js'), 'execute', ...args, '--json'],
    { maxBuffer: 64 * 1024 ** 2 },
  );
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as ExecutionOutcome);
}

// The built command line runs every document as a user would; what each node gave lies in playground/expected.
describe('playground', () => {
  const outcomes = new Map<string, ExecutionOutcome>();
  beforeAll(async () => {
    const inputOf = (file: string) => join(PLAYGROUND, 'inputs', file);
    const plain = files.filter((file) => !existsSync(inputOf(file)));
    const results = await execute(plain.map((file) => join(PLAYGROUND, file)));
    plain.forEach((file, index) => outcomes.set(file, results[index] as ExecutionOutcome));
    for (const file of files.filter((one) => existsSync(inputOf(one)))) {
      const [outcome] = await execute([join(PLAYGROUND, file), '--input', inputOf(file)]);
      outcomes.set(file, outcome as ExecutionOutcome);
    }
  }, 60_000);

  it.each(files)('%s gives what it gave before', async (file) => {
    const outcome = outcomes.get(file);
    expect(outcome).toMatchObject({ status: 'success', error: null });
    // A schedule tells the time.
    const { nodes } = JSON.parse(await readFile(join(PLAYGROUND, file), 'utf8')) as {
      nodes: Array<{ name: string; type: string }>;
    };
    const triggers = new Set(nodes.filter(({ type }) => type.endsWith('-trigger')).map(({ name }) => name));
    const given = Object.fromEntries(
      // Branches run at the same time, so the order of nodes says nothing.
      Object.entries(outcome?.runs ?? {})
        .filter(([name]) => !triggers.has(name))
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, runs]) => [
          name,
          runs.map((ports) => ports.map((items) => items.map(({ json }) => json))),
        ]),
    );
    await expect(`${JSON.stringify(given, null, 2)}\n`).toMatchFileSnapshot(
      join(PLAYGROUND, 'expected', basename(file)),
    );
  });
});
