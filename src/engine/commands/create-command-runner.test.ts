import { once } from 'node:events';
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createCommandRunner } from './create-command-runner.ts';

let folder: string;
beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'guixuflow-commands-')));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const never = new AbortController().signal;
const run = (command: string, signal = never, outputLimit = 1024 ** 2) => {
  const env = { PATH: process.env['PATH'] ?? '', GREETING: '你好' };
  return createCommandRunner({ env, folder, outputLimit }).run(command, signal);
};
// The shell of Windows has other commands.
describe.skipIf(process.platform === 'win32')('createCommandRunner', () => {
  it('gives exit code and outputs, and only the environment it was given', async () => {
    expect(await run('echo "$GREETING"; pwd; echo wrong >&2; exit 3')).toEqual({
      exitCode: 3,
      stdout: `你好\n${folder}`,
      stderr: 'wrong',
    });
    expect((await run('env')).stdout).not.toContain('HOME=');
    expect((await run('kill -9 $$')).exitCode).toBe(137);
    expect((await run('no-such-command')).exitCode).toBe(127);
    expect(await run('cat')).toMatchObject({ exitCode: 0, stdout: '' });
  });

  it('runs nothing unless allowed', async () => {
    const runner = createCommandRunner({ env: null, folder, outputLimit: 1 });
    await expect(runner.run('echo', never)).rejects.toMatchObject({ code: 'COMMANDS_NOT_ALLOWED' });
  });

  it('ends a command that writes too much', async () => {
    await expect(run('yes', never, 1024 ** 2)).rejects.toMatchObject({
      code: 'COMMAND_OUTPUT_TOO_LARGE',
      facts: { limitMb: 1 },
    });
  });

  it('ends all that a command started when the execution ends', async () => {
    // Its connection tells whether a process is there: an ended one may keep its number.
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const stopping = new AbortController();
    const inner = `"${process.execPath}" -e 'require("net").connect(${port}, "127.0.0.1")'`;
    const running = run(`(${inner} & wait) & wait`, stopping.signal);
    const [connection] = (await once(server, 'connection')) as [Socket];
    // Killed in the middle of it, it may also be reset.
    const ended = new Promise((resolve) => connection.on('error', resolve).resume().on('close', resolve));
    stopping.abort(new Error('stopped'));
    await expect(running).rejects.toThrow('stopped');
    await ended;
    server.close();
    await expect(run('echo', AbortSignal.abort(new Error('before')))).rejects.toThrow('before');
  });

  it('does not wait for what goes on in the background', async () => {
    const { exitCode, stdout } = await run('sleep 600 & echo $!');
    expect(exitCode).toBe(0);
    process.kill(Number(stdout), 'SIGKILL');
  });
});
