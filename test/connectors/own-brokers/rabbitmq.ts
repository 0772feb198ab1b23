import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'amqplib';
import { expect } from 'vitest';
import { freePort } from '../../../scripts/services/free-port.ts';
import { startOwnServer } from '../../../scripts/services/own-server.ts';
import type { OwnBroker } from './own-broker.ts';

const SERVER = '/usr/lib/rabbitmq/bin/rabbitmq-server';
const START = { timeout: 30_000 };

/** RabbitMQ with a folder, a node name and a cookie of its own. */
export async function startRabbitmq(): Promise<OwnBroker> {
  const folder = mkdtempSync(join(tmpdir(), 'guixuflow-rabbitmq-'));
  const [port, distributionPort] = [await freePort(), await freePort()];
  const env = {
    ...process.env,
    HOME: folder,
    // Makes the script give way to the server, so that a signal reaches that one.
    NOTIFY_SOCKET: join(folder, 'none'),
    RABBITMQ_NODENAME: `guixu-test-${port}@localhost`,
    RABBITMQ_NODE_IP_ADDRESS: '127.0.0.1',
    RABBITMQ_NODE_PORT: String(port),
    RABBITMQ_DIST_PORT: String(distributionPort),
    RABBITMQ_MNESIA_BASE: join(folder, 'data'),
    RABBITMQ_LOG_BASE: join(folder, 'log'),
    RABBITMQ_ENABLED_PLUGINS_FILE: join(folder, 'plugins'),
    RABBITMQ_CONF_ENV_FILE: join(folder, 'none'),
    RABBITMQ_CONFIG_FILE: join(folder, 'none'),
  };
  const start = async () => {
    const started = await startOwnServer(SERVER, [], [port], env);
    // It listens before it lets anyone in.
    await expect
      .poll(
        async () => (await connect(`amqp://guest:guest@127.0.0.1:${port}`)).close().then(() => true),
        START,
      )
      .toBe(true);
    return started;
  };
  let server = await start();
  return {
    data: { host: '127.0.0.1', port: String(port), user: 'guest', password: 'guest', tls: 'off' },
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
