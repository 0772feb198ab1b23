import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import mysql from 'mysql2/promise';
import { installWithApt, isRunnable } from './apt.ts';
import type { Provided, Service } from './service.ts';

const LOCAL = 'mysql://root@127.0.0.1:3306';
const SERVER = '/usr/sbin/mariadbd';
const START_MS = 60_000;

/** The MySQL or MariaDB in `GUIXU_TEST_MYSQL_URL`, one on its standard port that lets `root` in, or a MariaDB of its own. */
export const mysqlService: Service = {
  name: 'MySQL',
  async provide(env) {
    const url = env['GUIXU_TEST_MYSQL_URL'] ?? LOCAL;
    if (await answers(url)) return { env: { GUIXU_TEST_MYSQL_URL: url } };
    if (env['GUIXU_TEST_MYSQL_URL']) return { missing: `none answers at ${new URL(url).host}` };
    const problem = isRunnable(SERVER) ? null : installWithApt(env, 'mariadb-server');
    return problem === null ? start() : { missing: `none answers at ${new URL(url).host}, ${problem}` };
  },
};

async function answers(url: string): Promise<boolean> {
  try {
    await (await mysql.createConnection({ uri: url, connectTimeout: 5000 })).end();
    return true;
  } catch {
    return false;
  }
}

async function start(): Promise<Provided | { missing: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'guixu-mariadb-'));
  const shared = ['--no-defaults', `--datadir=${join(folder, 'data')}`];
  const own = process.getuid?.() === 0 ? ['--user=root'] : [];
  const made = spawnSync(
    'mariadb-install-db',
    [...shared, ...own, '--auth-root-authentication-method=normal', '--skip-test-db'],
    { stdio: 'ignore' },
  );
  const port = await freePort();
  const url = `mysql://root@127.0.0.1:${port}`;
  const child = spawn(
    SERVER,
    [...shared, ...own, `--port=${port}`, '--bind-address=127.0.0.1', `--socket=${join(folder, 'socket')}`],
    { stdio: 'ignore' },
  );
  const stop = async () => {
    await end(child);
    rmSync(folder, { recursive: true, force: true });
  };
  const deadline = Date.now() + START_MS;
  while (made.status === 0 && child.exitCode === null && Date.now() < deadline) {
    if (await answers(url)) return { env: { GUIXU_TEST_MYSQL_URL: url }, stop };
    await setTimeout(250);
  }
  await stop();
  return { missing: 'a MariaDB of its own does not start' };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.pid === undefined) return;
  const exit = once(child, 'exit');
  child.kill();
  await exit;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
