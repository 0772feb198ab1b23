import { createClient } from 'redis';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { OpenConnections } from '../../src/engine/connections/index.ts';
import { redisCredential } from '../../src/engine/connectors/redis/redis-credential.ts';
import { systemClock } from '../../src/engine/kernel/index.ts';
import { openListener, type OpenListenerOptions } from '../../src/engine/node-kit/listen-harness.ts';
import { items, runNode, type RunNodeOptions } from '../../src/engine/node-kit/test-harness.ts';
import { redis } from '../../src/engine/nodes/database/redis/redis.node.ts';
import { redisPubsubTrigger } from '../../src/engine/nodes/messaging/redis-pubsub-trigger/redis-pubsub-trigger.node.ts';
import { redisStreamTrigger } from '../../src/engine/nodes/messaging/redis-stream-trigger/redis-stream-trigger.node.ts';
import { openConnections, tryCredential } from './connection-bench.ts';

const url = process.env['GUIXU_TEST_REDIS_URL'];

describe.skipIf(!url)('Redis connector', () => {
  const prefix = `guixu-test-${process.pid}:`;
  const { hostname, port } = new URL(url ?? 'redis://127.0.0.1:6379');
  const data: Record<string, string> = { host: hostname, port: port || '6379', tls: 'off' };
  const credentials = { server: { type: 'redis', data } };
  const admin = createClient({ url: url ?? 'redis://127.0.0.1:6379' });
  let connections: OpenConnections;

  beforeAll(() => admin.connect());
  afterAll(() => admin.close());
  beforeEach(() => {
    connections = openConnections();
  });
  afterEach(async () => {
    await connections.close();
    const keys = await admin.keys(`${prefix}*`);
    if (keys.length > 0) await admin.del(keys);
  });

  const run = async (parameters: Record<string, unknown>, options: RunNodeOptions = {}) => {
    const { ports } = await runNode(redis, {
      connections,
      credentials,
      items: items({}),
      ...options,
      parameters: { key: `${prefix}k`, ...parameters },
    });
    return ports[0]?.map(({ json }) => json.value);
  };

  it('signs in, and names the cause when that fails', async () => {
    const test = (change: Record<string, string> = {}) =>
      tryCredential(redisCredential, { ...data, ...change }, connections);
    await test();
    const failure = await test({ password: 'planted-secret', user: 'nobody' }).catch(
      (e: unknown) => e as Error,
    );
    expect(failure).toMatchObject({ code: 'LOGIN_REFUSED' });
    expect((failure as Error).message).not.toContain('planted');
    await expect(test({ port: '1' })).rejects.toMatchObject({ code: 'CONNECTION_REFUSED' });
    await expect(test({ host: 'no-such-host.invalid' })).rejects.toMatchObject({ code: 'HOST_UNKNOWN' });
    await expect(test({ database: '99999' })).rejects.toMatchObject({ code: 'SERVICE_REFUSED' });
  });

  it('sets and gets values', async () => {
    expect(await run({ operation: 'get' })).toEqual([null]);
    expect(await run({ operation: 'set', value: '{"城市":"上海"}' })).toEqual([true]);
    expect(await run({ operation: 'get' })).toEqual([{ 城市: '上海' }]);
    expect(await run({ operation: 'get', read: 'text' })).toEqual(['{"城市":"上海"}']);
    expect(await run({ operation: 'set', value: 'x', onlyIf: 'missing' })).toEqual([false]);
    await run({ operation: 'set', value: '12345678901234567890', expiresSeconds: 100 });
    expect(await run({ operation: 'get' })).toEqual(['12345678901234567890']);
    expect(await admin.ttl(`${prefix}k`)).toBeGreaterThan(0);
    expect(await run({ operation: 'delete' })).toEqual([1]);
    expect(await run({ operation: 'increment', by: 5 })).toEqual([5]);
  });

  it('keeps hashes and lists', async () => {
    expect(await run({ operation: 'hash-get' })).toEqual([null]);
    const fields = [
      { name: 'a', value: '1' },
      { name: 'b', value: 'two' },
    ];
    await run({ operation: 'hash-set', fields });
    expect(await run({ operation: 'hash-get' })).toEqual([{ a: 1, b: 'two' }]);
    await expect(run({ operation: 'hash-set' })).rejects.toMatchObject({ code: 'PARAMETER_REQUIRED' });
    const list = { key: `${prefix}list` };
    for (const value of ['1', '2', '3']) await run({ ...list, operation: 'list-push', value });
    expect(await run({ ...list, operation: 'list-range' })).toEqual([[1, 2, 3]]);
    expect(await run({ ...list, operation: 'list-pop', end: 'left' })).toEqual([1]);
  });

  it('finds keys, runs any command, and tells what the server refuses', async () => {
    for (const name of ['a', 'b', 'c']) await admin.set(`${prefix}${name}`, '1');
    expect(await run({ operation: 'keys', pattern: `${prefix}*` })).toEqual([
      ['a', 'b', 'c'].map((name) => `${prefix}${name}`),
    ]);
    expect(await run({ operation: 'command', command: 'STRLEN', values: [`${prefix}a`] })).toEqual([1]);
    await expect(run({ key: `${prefix}a`, operation: 'hash-get' })).rejects.toMatchObject({
      code: 'SERVICE_REFUSED',
      facts: { reason: expect.stringContaining('WRONGTYPE') as string },
    });
  });

  const stream = `${prefix}orders`;
  const add = (...ns: number[]) => Promise.all(ns.map((n) => admin.xAdd(stream, '*', { n: String(n) })));
  const pending = async () => (await admin.xPending(stream, 'guixuflow')).pending;
  const listen = (options: OpenListenerOptions = {}) =>
    openListener(redisStreamTrigger, {
      credentials,
      ...options,
      parameters: { stream, start: 'beginning', claimAfterSeconds: 1, ...options.parameters },
    });

  it('reads a stream from its beginning and what comes, and acknowledges what is stored', async () => {
    await add(1, 2);
    const listener = await listen();
    await listener.until(2);
    await run({ operation: 'stream-add', key: stream, fields: [{ name: 'n', value: '3' }] });
    await listener.until(3);
    expect(listener.emitted.map(({ items: [item] }) => item?.json.n)).toEqual(['1', '2', '3']);
    expect(listener.emitted[0]?.once).toBe(`${stream}/${String(listener.emitted[0]?.items[0]?.json.id)}`);
    await listener.close();
    expect(await pending()).toBe(0);
  });

  it('takes again what was under way when it ended', async () => {
    await add(1, 2);
    const first = await listen({
      onEmit: ([item]) => (item?.json.n === '2' ? new Promise(() => undefined) : undefined),
    });
    await first.until(1);
    await first.close();
    await expect.poll(pending).toBe(1);
    const second = await listen();
    await second.until(1);
    expect(second.emitted[0]?.items[0]?.json.n).toBe('2');
    await second.close();
    expect(await pending()).toBe(0);
  });

  it('takes over what a consumer that is gone had taken', async () => {
    await add(1);
    await admin.xGroupCreate(stream, 'guixuflow', '0');
    await admin.xReadGroup('guixuflow', 'gone', { key: stream, id: '>' });
    const listener = await listen({ clock: { ...systemClock, now: () => Date.now() } });
    await listener.until(1);
    await listener.close();
    expect(await pending()).toBe(0);
  });

  const subscribe = (options: OpenListenerOptions = {}) =>
    openListener(redisPubsubTrigger, {
      credentials,
      ...options,
      parameters: { patterns: [{ pattern: `${prefix}news.*` }], ...options.parameters },
    });
  const killOwn = async () => {
    const clients = String(await admin.sendCommand(['CLIENT', 'LIST']));
    const own = clients.split('\n').filter((line) => line.includes('name=GuixuFlow'));
    for (const line of own)
      await admin.sendCommand(['CLIENT', 'KILL', 'ID', /id=(\d+)/.exec(line)?.[1] ?? '']);
  };

  it('says when the connection is lost', async () => {
    for (const listener of [await listen(), await subscribe()]) {
      await killOwn();
      expect(await listener.lost).toMatchObject({ code: 'CONNECTION_LOST' });
      await listener.close();
    }
  });

  it('takes what is published to channels and patterns, whatever it is', async () => {
    const listener = await subscribe({ parameters: { channels: [{ name: `${prefix}订单` }] } });
    const value = '{"城市":"上海"}';
    expect(await run({ operation: 'publish', channel: `${prefix}订单`, value })).toEqual([1]);
    await run({ operation: 'publish', channel: `${prefix}news.city`, value: 'x'.repeat(5_000_000) });
    await run({ operation: 'publish', channel: `${prefix}other`, value: 'not for us' });
    await admin.publish(`${prefix}news.raw`, Buffer.from([0xff, 0, 0xfe]));
    await listener.until(3);
    const taken = listener.emitted.map(({ items: [item] }) => item!);
    expect(taken[0]?.json).toEqual({ content: { 城市: '上海' }, channel: `${prefix}订单` });
    expect(taken.find(({ json }) => typeof json.content === 'string')?.json).toMatchObject({
      channel: `${prefix}news.city`,
      pattern: `${prefix}news.*`,
    });
    const raw = taken.find(({ binary }) => binary);
    expect(raw).toMatchObject({ json: { channel: `${prefix}news.raw` }, binary: { data: { size: 3 } } });
    await listener.close();
    expect(await run({ operation: 'publish', channel: `${prefix}订单`, value })).toEqual([0]);
  });

  it('goes on after a message that cannot start the workflow', async () => {
    const listener = await subscribe({
      onEmit: ([item]) => {
        if (item?.json.content === 1) throw new Error('no');
      },
    });
    for (const value of ['1', '2']) await admin.publish(`${prefix}news.n`, value);
    await listener.until(1);
    expect(listener.emitted[0]?.items[0]?.json.content).toBe(2);
    await listener.close();
  });
});
