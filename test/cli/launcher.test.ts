import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'guixuflow-launcher-'));
  cpSync(join(import.meta.dirname, '../../bin'), join(root, 'bin'), { recursive: true });
  writeFileSync(join(root, 'package.json'), '{"type":"module"}');
});
afterEach(() => rmSync(root, { recursive: true }));

function launch(args: string[], env: Record<string, string> = {}) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(root, 'bin', 'guixuflow.js'), ...args],
    {
      env: { PATH: process.env['PATH'], LANG: 'C', ...env },
      encoding: 'utf8',
    },
  );
  return { status, stdout, stderr };
}

describe('the launcher', () => {
  it('says what to do while nothing is built', () => {
    expect(launch(['serve'])).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('npm run build') as string,
    });
    expect(launch(['serve'], { LANG: 'zh_CN.UTF-8' }).stderr).toContain('请先运行');
  });

  it('runs the built program with the flag isolates need, and passes arguments and exit code', () => {
    mkdirSync(join(root, 'out', 'main'), { recursive: true });
    writeFileSync(
      join(root, 'out', 'main', 'cli.js'),
      'console.log(JSON.stringify([process.execArgv, process.argv.slice(2)])); process.exitCode = 7;',
    );
    const { status, stdout } = launch(['execute', 'a b.json']);
    expect(status).toBe(7);
    expect(JSON.parse(stdout)).toEqual([
      ['--no-node-snapshot', '--max-semi-space-size=8'],
      ['execute', 'a b.json'],
    ]);
  });
});
