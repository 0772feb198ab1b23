import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectAsync } from 'mqtt';
import { installWithApt, isRunnable } from './apt.ts';
import { freePort } from './free-port.ts';
import { startOwnServer, type OwnServer } from './own-server.ts';
import type { Service } from './service.ts';

const LOCAL = 'mqtt://127.0.0.1:1883';
const PROGRAM = '/usr/sbin/mosquitto';

/**
 * The MQTT broker in `GUIXU_TEST_MQTT_URL`, one on the standard port that lets anybody in, or one of its own. Tests start
 * further ones with `GUIXU_TEST_MOSQUITTO`.
 */
export const mosquitto: Service = {
  name: 'MQTT',
  async provide(env) {
    const problem = isRunnable(PROGRAM) ? null : installWithApt(env, 'mosquitto');
    if (problem !== null) return { missing: `no Mosquitto at ${PROGRAM}, ${problem}` };
    const url = env['GUIXU_TEST_MQTT_URL'] ?? LOCAL;
    try {
      await (await connectAsync(url, { reconnectPeriod: 0, connectTimeout: 5000 }, false)).endAsync();
      return { env: { GUIXU_TEST_MQTT_URL: url, GUIXU_TEST_MOSQUITTO: PROGRAM } };
    } catch {
      if (url !== LOCAL) return { missing: `none answers at ${new URL(url).host}` };
    }
    const port = await freePort();
    const own = await startMosquitto(PROGRAM, () => [`listener ${port} 127.0.0.1`, 'allow_anonymous true'], [
      port,
    ]);
    return {
      env: { GUIXU_TEST_MQTT_URL: `mqtt://127.0.0.1:${port}`, GUIXU_TEST_MOSQUITTO: PROGRAM },
      stop: () => own.stop(),
    };
  },
};

/** Starts one with these lines of settings, for which files may be laid into its folder. The caller stops it. */
export async function startMosquitto(
  program: string,
  settings: (folder: string) => readonly string[],
  ports: readonly number[],
): Promise<OwnServer> {
  const folder = mkdtempSync(join(tmpdir(), 'guixu-mosquitto-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  try {
    const file = join(folder, 'mosquitto.conf');
    // As root it would become a user who cannot read the folder.
    const user = process.getuid?.() === 0 ? ['user root'] : [];
    writeFileSync(file, [...user, 'set_tcp_nodelay true', ...settings(folder), ''].join('\n'));
    const { log, stop } = await startOwnServer(program, ['-v', '-c', file], ports);
    return { log, stop: (signal) => stop(signal).finally(remove) };
  } catch (error) {
    remove();
    throw error;
  }
}
