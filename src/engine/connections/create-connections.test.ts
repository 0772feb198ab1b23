import { describe, expect, it } from 'vitest';
import { FakeClock } from '../kernel/fake-clock.ts';
import type { Connector } from '../node-kit/index.ts';
import { createConnections } from './create-connections.ts';

interface Fake {
  id: number;
  isBroken: boolean;
}

function createRig() {
  const clock = new FakeClock();
  const log: string[] = [];
  const failures: unknown[] = [];
  let opened = 0;
  const connector: Connector<{ host: string }, Fake> = {
    kind: 'fake',
    open: ({ host }) => {
      log.push(`open ${host}`);
      if (host === 'down') return Promise.reject(new Error('nobody there'));
      return Promise.resolve({ id: ++opened, isBroken: false });
    },
    close: ({ id }) => void log.push(`close ${id}`),
    isUsable: ({ isBroken }) => !isBroken,
  };
  const connections = createConnections({
    clock,
    idleMs: 1000,
    onCloseFailure: (error) => failures.push(error),
  });
  return { clock, connector, connections, log, failures };
}

describe('createConnections', () => {
  it('shares a connection among users with equal settings and closes it when it was idle', async () => {
    const { clock, connections, connector, log } = createRig();
    const ids = await Promise.all([
      connections.use(connector, { host: 'a' }, ({ id }) => id),
      connections.use(connector, { host: 'a' }, ({ id }) => id),
      connections.use(connector, { host: 'b' }, ({ id }) => id),
    ]);
    expect(ids).toEqual([1, 1, 2]);
    await clock.advance(999);
    await connections.use(connector, { host: 'a' }, () => undefined);
    await clock.advance(999);
    expect(log).toEqual(['open a', 'open b', 'close 2']);
    await clock.advance(1);
    expect(log.at(-1)).toBe('close 1');
  });

  it('does not close what is in use', async () => {
    const { clock, connections, connector, log } = createRig();
    const held = Promise.withResolvers<void>();
    const using = connections.use(connector, { host: 'a' }, () => held.promise);
    await clock.advance(10_000);
    const closed = connections.close();
    await clock.advance(0);
    expect(log).toEqual(['open a']);
    held.resolve();
    await using;
    await closed;
    await clock.advance(0);
    expect(log).toEqual(['open a', 'close 1']);
  });

  it('opens a new one in place of one that broke', async () => {
    const { clock, connections, connector, log } = createRig();
    await connections.use(connector, { host: 'a' }, (connection) => void (connection.isBroken = true));
    await clock.advance(0);
    expect(await connections.use(connector, { host: 'a' }, ({ id }) => id)).toBe(2);
    expect(log).toEqual(['open a', 'close 1', 'open a']);
  });

  it('tells every user of a failed attempt, and tries again for the next', async () => {
    const { connections, connector, log } = createRig();
    const attempts = [1, 2].map(() => connections.use(connector, { host: 'down' }, () => 1));
    for (const attempt of attempts) await expect(attempt).rejects.toThrow('nobody there');
    await expect(connections.use(connector, { host: 'down' }, () => 1)).rejects.toThrow('nobody there');
    expect(log).toEqual(['open down', 'open down']);
  });

  it('lets one user give up while another goes on, and the attempt end with its last user', async () => {
    const { clock, connections, log, failures } = createRig();
    const opening = Promise.withResolvers<Fake>();
    const signals: AbortSignal[] = [];
    const slow: Connector<string, Fake> = {
      kind: 'slow',
      open: (_settings, signal) => {
        signals.push(signal);
        return opening.promise;
      },
      close: ({ id }) => void log.push(`close ${id}`),
    };
    const first = new AbortController();
    const second = new AbortController();
    const uses = [first, second].map(({ signal }) => connections.use(slow, 's', () => 1, signal));
    first.abort(new Error('gave up'));
    await expect(uses[0]).rejects.toThrow('gave up');
    expect(signals[0]?.aborted).toBe(false);
    second.abort(new Error('gave up too'));
    await expect(uses[1]).rejects.toThrow('gave up too');
    expect(signals[0]?.aborted).toBe(true);
    opening.resolve({ id: 7, isBroken: false });
    await clock.advance(0);
    expect(log).toEqual(['close 7']);
    expect(failures).toEqual([]);
  });
});
