import { jetstreamManager, type JetStreamManager } from '@nats-io/jetstream';
import { connect, type Msg, type NatsConnection } from '@nats-io/transport-node';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import type { OpenConnections } from '../../src/engine/connections/index.ts';
import {
  openListener,
  type OpenListener,
  type OpenListenerOptions,
} from '../../src/engine/node-kit/listen-harness.ts';
import { items, runNode, type RunNodeOptions } from '../../src/engine/node-kit/test-harness.ts';
import { nats } from '../../src/engine/nodes/messaging/nats/nats.node.ts';
import { natsTrigger } from '../../src/engine/nodes/messaging/nats-trigger/nats-trigger.node.ts';
import { openConnections } from './connection-bench.ts';
import { startSecuredNats } from './secured-nats.ts';

/** A stream and subjects of its own for each test, a server that lets nobody in unasked, and what the tests of the nodes do there. Hooks into the suite around it. */
export function natsBench({ url, program, suite }: { url: string; program: string; suite: string }) {
  const { hostname, port, host } = new URL(url);
  const data: Record<string, string> = { host: hostname, port: port || '4222', signIn: 'none', tls: 'off' };
  const credentials = { server: { type: 'nats', data } };
  const ann = { signIn: 'password', user: 'ann', password: 'open sesame' };
  /** One per test, so that subjects and streams of one are nothing to the next. */
  let name = '';
  let count = 0;
  let admin: NatsConnection;
  let manager: JetStreamManager;
  let secured: Awaited<ReturnType<typeof startSecuredNats>>;
  let connections: OpenConnections;

  beforeAll(async () => {
    admin = await connect({ servers: host, tls: null });
    manager = await jetstreamManager(admin);
    secured = await startSecuredNats(program);
  });
  afterAll(async () => {
    await admin.close();
    await secured.stop();
  });
  beforeEach(async () => {
    name = `guixu-test-${process.pid}-${suite}-${(count += 1)}`;
    await manager.streams.add({ name, subjects: [`${name}.s.>`], storage: 'memory' });
    connections = openConnections();
  });
  afterEach(async () => {
    await connections.close();
    await manager.streams.delete(name).catch(() => undefined);
  });

  const run = (parameters: Record<string, unknown>, options: RunNodeOptions = {}) =>
    runNode(nats, {
      connections,
      credentials,
      items: items({ n: 1 }),
      ...options,
      parameters: { subject: `${name}.a`, ...parameters },
    });
  const store = (parameters: Record<string, unknown> = {}, options: RunNodeOptions = {}) =>
    run({ operation: 'stream-publish', subject: `${name}.s.a`, ...parameters }, options);
  const listen = (options: OpenListenerOptions = {}) =>
    openListener(natsTrigger, {
      credentials,
      ...options,
      parameters: { subject: `${name}.>`, ...options.parameters },
    });
  const consume = (options: OpenListenerOptions = {}) =>
    listen({
      ...options,
      parameters: {
        source: 'stream',
        stream: name,
        consumer: 'own',
        start: 'beginning',
        ...options.parameters,
      },
    });
  const to = (change: Record<string, string>) => ({
    credentials: { server: { type: 'nats', data: { ...data, ...change } } },
  });
  const contents = ({ emitted }: OpenListener) => emitted.map(({ items: [item] }) => item?.json.content);
  const notAcknowledged = async (consumer = 'own') => {
    const { num_ack_pending: pending, num_pending: waiting } = await manager.consumers.info(name, consumer);
    return pending + waiting;
  };
  const answerOn = async (subject: string, answer: (message: Msg) => void) => {
    const answers = admin.subscribe(subject, { callback: (_error, message) => answer(message) });
    await admin.flush();
    return answers;
  };
  return {
    data,
    credentials,
    ann,
    run,
    store,
    listen,
    consume,
    to,
    contents,
    notAcknowledged,
    answerOn,
    get name() {
      return name;
    },
    get admin() {
      return admin;
    },
    get manager() {
      return manager;
    },
    get secured() {
      return secured;
    },
    get connections() {
      return connections;
    },
  };
}
