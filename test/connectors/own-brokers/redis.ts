import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../../scripts/services/free-port.ts';
import { startOwnServer } from '../../../scripts/services/own-server.ts';
import type { OwnBroker } from './own-broker.ts';

/** Redis that writes each command to the disk before it answers. */
export async function startRedis(): Promise<OwnBroker> {
  const folder = mkdtempSync(join(tmpdir(), 'guixuflow-redis-'));
  const port = await freePort();
  const start = () =>
    startOwnServer(
      'redis-server',
      ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', ''].concat([
        '--appendonly',
        'yes',
        '--appendfsync',
        'always',
      ]),
      [port],
    );
  let server = await start();
  return {
    data: { host: '127.0.0.1', port: String(port), tls: 'off' },
    async restart() {
      await server.stop('SIGKILL');
      server = await start();
    },
    async stop() {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
