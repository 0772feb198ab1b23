import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from '@nats-io/transport-node';
import { installWithApt, isRunnable } from './apt.ts';
import { freePort } from './free-port.ts';
import { startOwnServer, type OwnServer } from './own-server.ts';
import type { Service } from './service.ts';

const LOCAL = 'nats://127.0.0.1:4222';
const PROGRAM = '/usr/sbin/nats-server';

/**
 * The NATS server with JetStream in `GUIXU_TEST_NATS_URL`, one on the standard port that lets anybody in, or one of its own.
 * Tests start further ones with `GUIXU_TEST_NATS_SERVER`.
 */
export const nats: Service = {
  name: 'NATS',
  async provide(env) {
    const problem = isRunnable(PROGRAM) ? null : installWithApt(env, 'nats-server');
    if (problem !== null) return { missing: `no NATS server at ${PROGRAM}, ${problem}` };
    const url = env['GUIXU_TEST_NATS_URL'] ?? LOCAL;
    const found = { GUIXU_TEST_NATS_URL: url, GUIXU_TEST_NATS_SERVER: PROGRAM };
    if (await hasJetStream(url)) return { env: found };
    if (url !== LOCAL) return { missing: `none with JetStream answers at ${new URL(url).host}` };
    const port = await freePort();
    const own = await startNats(PROGRAM, port);
    return { env: { ...found, GUIXU_TEST_NATS_URL: `nats://127.0.0.1:${port}` }, stop: () => own.stop() };
  },
};

/** Starts one, with JetStream in a folder of its own and further lines of settings. The caller stops it. */
export async function startNats(
  program: string,
  port: number,
  settings: (folder: string) => readonly string[] = () => [],
): Promise<OwnServer> {
  const folder = mkdtempSync(join(tmpdir(), 'guixu-nats-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  try {
    const file = join(folder, 'nats.conf');
    const lines = [`listen: 127.0.0.1:${port}`, `jetstream { store_dir: "${folder}/streams" }`];
    writeFileSync(file, [...lines, ...settings(folder), ''].join('\n'), { mode: 0o600 });
    const { log, stop } = await startOwnServer(program, ['-c', file], [port]);
    return { log, stop: (signal) => stop(signal).finally(remove) };
  } catch (error) {
    remove();
    throw error;
  }
}

async function hasJetStream(url: string): Promise<boolean> {
  try {
    const connection = await connect({
      servers: new URL(url).host,
      reconnect: false,
      timeout: 5000,
      tls: null,
    });
    const isThere = connection.info?.jetstream === true;
    await connection.close();
    return isThere;
  } catch {
    return false;
  }
}
