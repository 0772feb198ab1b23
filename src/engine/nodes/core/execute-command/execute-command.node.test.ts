import { tmpdir } from 'node:os';
import { describe, expect, it } from 'vitest';
import { createCommandRunner } from '../../../commands/index.ts';
import { items, runNode } from '../../../node-kit/test-harness.ts';
import { executeCommand } from './execute-command.node.ts';

const runner = createCommandRunner({
  env: { PATH: process.env['PATH'] ?? '' },
  folder: tmpdir(),
  outputLimit: 1024 ** 2,
});

async function run(parameters: (index: number) => Record<string, unknown>, count: number) {
  const { ports } = await runNode(executeCommand, {
    parameters,
    items: items(...Array.from({ length: count }, (_, a) => ({ a }))),
    runCommand: (command) => runner.run(command, new AbortController().signal),
  });
  return ports[0];
}

describe('execute-command', () => {
  it('runs once, or for every item', async () => {
    const command = (index: number) => `echo ${index}`;
    expect(await run((index) => ({ command: command(index) }), 2)).toEqual([
      { json: { exitCode: 0, stdout: '0', stderr: '' }, pairedItem: { item: 0 } },
    ]);
    const each = await run((index) => ({ command: command(index), mode: 'each-item' }), 2);
    expect(each?.map(({ json }) => json['stdout'])).toEqual(['0', '1']);
    expect(await run(() => ({ command: 'echo' }), 0)).toEqual([]);
  });

  it('fails with what the command said, unless the exit code is wanted', async () => {
    const command = 'echo "no such order" >&2; exit 4';
    await expect(run(() => ({ command }), 1)).rejects.toMatchObject({
      code: 'COMMAND_FAILED',
      facts: { exitCode: 4, reason: 'no such order' },
    });
    expect(await run(() => ({ command, failOnExitCode: false }), 1)).toMatchObject([
      { json: { exitCode: 4 } },
    ]);
  });
});
