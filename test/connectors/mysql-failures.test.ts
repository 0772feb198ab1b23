import { generate } from 'selfsigned';
import { describe, expect, it } from 'vitest';
import { startFakeMysqlTls } from './fake-mysql-tls.ts';
import { mysqlBench } from './mysql-bench.ts';

const url = process.env['GUIXU_TEST_MYSQL_URL'];

describe.skipIf(!url)('MySQL connector failures', () => {
  const bench = mysqlBench(url!, 'failures');
  const { run, jsonOf, ask, count, isRunning, startProxy, killAll, test } = bench;

  it('signs in, and names the cause when that fails', async () => {
    await test();
    await expect(test({ port: '1' })).rejects.toMatchObject({ code: 'CONNECTION_REFUSED' });
    await expect(test({ host: 'no-such-host.invalid' })).rejects.toMatchObject({ code: 'HOST_UNKNOWN' });
    const refused = expect(test({ user: 'nobody_at_all', password: 'guess-7361' })).rejects;
    await refused.toMatchObject({ code: 'LOGIN_REFUSED' });
    await expect(test({ user: 'nobody_at_all', password: 'guess-7361' })).rejects.not.toThrow(/guess-7361/);
    await expect(test({ database: 'no_such_database' })).rejects.toMatchObject({
      code: 'SERVICE_REFUSED',
      facts: { reason: expect.stringContaining('no_such_database') as string },
    });
  });

  it('checks certificates as the credential says', async () => {
    const keys = await generate([{ name: 'commonName', value: 'localhost' }], {
      extensions: [
        { name: 'basicConstraints', cA: true },
        { name: 'subjectAltName', altNames: [{ type: 2, value: 'localhost' }] },
      ],
    });
    const fake = await startFakeMysqlTls({ key: keys.private, cert: keys.cert });
    const there = { host: 'localhost', port: String(fake.port), user: 'ann', password: 'secret-9120' };
    try {
      await expect(test({ ...there, tls: 'verify' })).rejects.toMatchObject({
        code: 'TLS_FAILED',
        facts: { reason: 'self-signed certificate' },
      });
      expect(fake.signIns()).toBe(0);
      for (const [tls, authorities] of [
        ['no-check', ''],
        ['verify', keys.cert],
      ] as const)
        await expect(test({ ...there, tls, authorities })).rejects.toMatchObject({ code: 'LOGIN_REFUSED' });
      expect(fake.signIns()).toBe(2);
    } finally {
      fake.close();
    }
  });

  it('tells that a server does not speak TLS', async () => {
    const [row] = await ask("show variables like 'have_ssl'");
    if (row?.['Value'] === 'YES') return expect(test({ tls: 'no-check' })).resolves.toBeUndefined();
    await expect(test({ tls: 'no-check' })).rejects.toMatchObject({
      code: 'TLS_FAILED',
      facts: { reason: 'the server does not support it' },
    });
  });

  it('ends what runs on the server when the execution is stopped', async () => {
    const stop = new AbortController();
    const running = run(
      { operation: 'execute', query: "select sleep(60), 'guixu-stop'" },
      // The only connection is busy with what is to end.
      {
        signal: stop.signal,
        credentials: { database: { type: 'mysql', data: { ...bench.data, poolSize: '1' } } },
      },
    );
    const outcome = expect(running).rejects.toThrow('stopped by the user');
    await expect.poll(() => isRunning('guixu-stop')).toBe(true);
    stop.abort(new Error('stopped by the user'));
    await outcome;
    await expect.poll(() => isRunning('guixu-stop')).toBe(false);
    await run({}, { credentials: { database: { type: 'mysql', data: { ...bench.data, poolSize: '1' } } } });
  });

  it('writes nothing of a transaction that is stopped', async () => {
    const stop = new AbortController();
    const running = run(
      { operation: 'execute', query: 'insert into orders (id) values (1); do sleep(60) /* guixu-halt */' },
      { signal: stop.signal },
    );
    const outcome = expect(running).rejects.toThrow('stopped by the user');
    await expect.poll(() => isRunning('guixu-halt')).toBe(true);
    stop.abort(new Error('stopped by the user'));
    await outcome;
    await expect.poll(() => count()).toBe(0);
  });

  it('tells when the server is gone in the middle, and connects anew for the next', async () => {
    const { credentials, ...proxy } = await startProxy();
    for (const query of ["select sleep(60), 'guixu-gone'", 'do sleep(60) /* guixu-gone */']) {
      const running = run({ operation: 'execute', query }, { credentials });
      const outcome = expect(running).rejects.toMatchObject({ code: 'CONNECTION_LOST' });
      await expect.poll(() => isRunning('guixu-gone')).toBe(true);
      proxy.cut();
      await outcome;
      await killAll('guixu-gone');
      await expect.poll(() => isRunning('guixu-gone')).toBe(false);
    }
    expect(jsonOf(await run({ operation: 'execute', query: 'select 1 as one' }, { credentials }))).toEqual([
      { one: 1 },
    ]);
    await bench.connections.close();
    await proxy.stop();
  });

  it('tells when the server ends a connection that is in use', async () => {
    const running = run({ operation: 'execute', query: "select sleep(60), 'guixu-kill'" });
    const outcome = expect(running).rejects.toMatchObject({ code: 'CONNECTION_LOST' });
    await expect.poll(() => isRunning('guixu-kill')).toBe(true);
    await killAll('guixu-kill');
    await outcome;
    expect(await count()).toBe(0);
  });
});
