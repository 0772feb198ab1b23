import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mysql from 'mysql2/promise';
import { installWithApt, isRunnable } from './apt.ts';
import { freePort } from './free-port.ts';
import { startOwnServer } from './own-server.ts';
import type { Provided, Service } from './service.ts';

const LOCAL = 'mysql://root@127.0.0.1:3306';
const SERVER = '/usr/sbin/mariadbd';

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
  const clean = () => rmSync(folder, { recursive: true, force: true });
  if (made.status !== 0) {
    clean();
    return { missing: 'a MariaDB of its own could not be set up' };
  }
  const port = await freePort();
  try {
    const server = await startOwnServer(
      SERVER,
      [...shared, ...own, `--port=${port}`, '--bind-address=127.0.0.1', `--socket=${join(folder, 'socket')}`],
      [port],
    );
    const stop = async () => {
      await server.stop();
      clean();
    };
    return { env: { GUIXU_TEST_MYSQL_URL: `mysql://root@127.0.0.1:${port}` }, stop };
  } catch (error) {
    clean();
    return { missing: `a MariaDB of its own does not start: ${String(error)}` };
  }
}
