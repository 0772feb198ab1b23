import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OpenConnections } from '../../src/engine/connections/index.ts';
import { sshCredential } from '../../src/engine/connectors/ssh/ssh-credential.ts';
import { openTunnel } from '../../src/engine/connectors/ssh/tunnel.ts';
import {
  items,
  memoryBinaryStore,
  runNode,
  type RunNodeOptions,
} from '../../src/engine/node-kit/test-harness.ts';
import { ssh } from '../../src/engine/nodes/core/ssh/ssh.node.ts';
import { openConnections, tryCredential } from './connection-bench.ts';

const folder = process.env['GUIXU_TEST_SSH_FOLDER'];
const database = process.env['GUIXU_TEST_DATABASE_URL'];

describe.skipIf(!folder)('SSH connector', () => {
  const at = (name: string) => join(folder ?? '', name);
  const keyFile = (name: string) => (folder ? readFileSync(at(name), 'utf8') : '');
  /** As OpenSSH itself tells it. */
  const fingerprint = folder
    ? (spawnSync('ssh-keygen', ['-lf', at('host-key.pub')])
        .stdout.toString()
        .split(' ')[1] ?? '')
    : '';
  const data: Record<string, string> = {
    host: '127.0.0.1',
    port: process.env['GUIXU_TEST_SSH_PORT'] ?? '',
    user: process.env['GUIXU_TEST_SSH_USER'] ?? '',
    method: 'key',
    privateKey: keyFile('key'),
    hostKey: fingerprint,
  };
  const password = process.env['GUIXU_TEST_SSH_PASSWORD'] ?? '';
  let connections: OpenConnections;

  beforeEach(() => {
    connections = openConnections();
  });
  afterEach(() => connections.close());

  const test = (change: Record<string, string> = {}) =>
    tryCredential(sshCredential, { ...data, ...change }, connections);
  const failureOf = (change: Record<string, string>) =>
    test(change).then(
      () => null,
      (error: unknown) => error as Error & { code: string },
    );
  const run = async (parameters: Record<string, unknown>, options: RunNodeOptions = {}) => {
    const { ports } = await runNode(ssh, {
      connections,
      credentials: { server: { type: 'ssh', data } },
      items: items({}),
      ...options,
      parameters,
    });
    return ports[0]!;
  };

  it.each([
    ['a key', {}],
    ['a key with a passphrase', { privateKey: keyFile('locked-key'), passphrase: 'open sesame' }],
    ['a password', { method: 'password', password }],
    ['an agent', { method: 'agent', agent: at('agent') }],
  ])('signs in with %s', (_how, change) => test(change));

  it.each([
    ['a wrong password', { method: 'password', password: 'planted-secret' }, 'LOGIN_REFUSED'],
    ['an unknown user', { user: 'nobody-here' }, 'LOGIN_REFUSED'],
    ['an agent that is not there', { method: 'agent', agent: at('no-agent') }, 'LOGIN_REFUSED'],
    ['a locked key', { privateKey: keyFile('locked-key') }, 'CREDENTIAL_INVALID'],
    [
      'a wrong passphrase',
      { privateKey: keyFile('locked-key'), passphrase: 'planted-secret' },
      'CREDENTIAL_INVALID',
    ],
    ['no key', { privateKey: 'planted-secret' }, 'CREDENTIAL_INVALID'],
    ['a refused port', { port: '1' }, 'CONNECTION_REFUSED'],
    ['an unknown host', { host: 'no-such-host.invalid' }, 'HOST_UNKNOWN'],
  ])('names the cause: %s', async (_what, change, code) => {
    const failure = await failureOf(change);
    expect(failure).toMatchObject({ code });
    expect(failure?.message).not.toContain('planted');
  });

  it('tells that something else than SSH answers', async () => {
    const server = createServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')).listen(
      0,
      '127.0.0.1',
    );
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    expect((await failureOf({ port: String(port) }))?.code).toMatch(/^(SERVICE_REFUSED|CONNECTION_LOST)$/);
    server.close();
  });

  it('wants the host key accepted first, and tells of one that changed', async () => {
    const unknown = await failureOf({ hostKey: '', method: 'password', password });
    expect(unknown?.code).toBe('HOST_KEY_UNKNOWN');
    expect(unknown?.message).toContain(fingerprint);
    const other = `SHA256:${'A'.repeat(43)}`;
    const changed = await failureOf({ hostKey: other });
    expect(changed?.code).toBe('HOST_KEY_CHANGED');
    expect(changed?.message).toContain(fingerprint);
    expect(changed?.message).toContain(other);
    await expect(
      run({ command: 'id' }, { credentials: { server: { type: 'ssh', data: { ...data, hostKey: '' } } } }),
    ).rejects.toMatchObject({ code: 'HOST_KEY_UNKNOWN' });
  });

  it('runs a command for each item, in its folder, with variables and input', async () => {
    const env = [{ name: 'CITY', value: `上海 'x' $(id)` }];
    const parameters = { command: 'pwd; printf "%s\\n" "$CITY"; cat; echo note >&2', folder: '/usr', env };
    const [first, second] = await run(
      { ...parameters, input: 'text', inputText: 'given' },
      { items: items({ n: 1 }, { n: 2 }) },
    );
    expect(first).toEqual({
      json: { exitCode: 0, signal: null, stdout: `/usr\n上海 'x' $(id)\ngiven`, stderr: 'note' },
      pairedItem: { item: 0 },
    });
    expect(second?.pairedItem).toEqual({ item: 1 });
    const [none] = await run({ command: 'cat; pwd' });
    expect(none?.json['stdout']).toBe(at('home'));
  });

  it('fails with what the command said, unless the exit code is wanted', async () => {
    const command = 'echo "no such order" >&2; exit 4';
    await expect(run({ command })).rejects.toMatchObject({
      code: 'COMMAND_FAILED',
      facts: { exitCode: 4, reason: 'no such order' },
    });
    const [item] = await run({ command, failOnExitCode: false });
    expect(item?.json).toEqual({ exitCode: 4, signal: null, stdout: '', stderr: 'no such order' });
    await expect(run({ command: 'echo no', folder: '/no/such' })).rejects.toMatchObject({
      code: 'COMMAND_FAILED',
    });
    await expect(run({ command: 'kill -9 $$' })).rejects.toMatchObject({
      code: 'COMMAND_KILLED',
      facts: { signal: 'SIGKILL' },
    });
    const [killed] = await run({ command: 'kill -9 $$', failOnExitCode: false });
    expect(killed?.json).toMatchObject({ exitCode: null, signal: 'SIGKILL' });
  });

  it('goes on with the other items where one fails', async () => {
    const { ports } = await runNode(ssh, {
      connections,
      credentials: { server: { type: 'ssh', data } },
      items: items({ n: 0 }, { n: 1 }),
      onError: 'error-output',
      parameters: (index) => ({ command: `exit ${1 - index}` }),
    });
    expect(ports.map((port) => port.map(({ pairedItem }) => pairedItem))).toEqual([
      [{ item: 1 }],
      [{ item: 0 }],
    ]);
  });

  it('keeps much and binary output as a file, and streams files in', async () => {
    const binary = memoryBinaryStore();
    const bytes = Buffer.alloc(20 * 1024 ** 2, Buffer.from([0, 255, 10, 200, 13]));
    const given = await binary.write(bytes, { mimeType: 'application/octet-stream' });
    const [item] = await run(
      { command: 'cat', input: 'file', output: 'file', outputField: 'copy' },
      { binary, items: [{ json: {}, binary: { data: given } }] },
    );
    expect(item?.binary?.['copy']?.sha256).toBe(given.sha256);
    expect(item?.json).toEqual({ exitCode: 0, signal: null, stderr: '' });
    const [early] = await run(
      { command: 'head -c 3', input: 'file' },
      { binary, items: [{ json: {}, binary: { data: given } }] },
    );
    expect(early?.json['exitCode']).toBe(0);
    const [invalid] = await run({ command: String.raw`printf 'a\377b'` });
    expect(invalid?.json['stdout']).toBe('a\ufffdb');
  });

  it('ends a command that writes too much or takes too long', async () => {
    const marker = at(join('home', 'much'));
    await expect(run({ command: `echo $$ > ${marker}; yes`, outputLimitMb: 1 })).rejects.toMatchObject({
      code: 'COMMAND_OUTPUT_TOO_LARGE',
    });
    await expect.poll(() => isAlive(marker), { timeout: 5000 }).toBe(false);
    const late = at(join('home', 'late'));
    await expect(run({ command: `echo $$ > ${late}; sleep 600`, timeoutSeconds: 1 })).rejects.toMatchObject({
      code: 'COMMAND_TIMEOUT',
      facts: { limitSeconds: 1 },
    });
    await expect.poll(() => isAlive(late), { timeout: 5000 }).toBe(false);
  });

  it.each([
    ['that ends when asked to', 'sleep 600'],
    ['that does not', `trap '' TERM; while :; do sleep 1; done`],
  ])('ends a command on the server with Stop, also one %s', async (_how, body) => {
    const marker = at(join('home', `stop-${body.length}`));
    const stop = new AbortController();
    const running = run({ command: `echo $$ > ${marker}; ${body}` }, { signal: stop.signal });
    const ended = running.catch((error: unknown) => error as Error);
    await expect.poll(() => isAlive(marker), { timeout: 5000 }).toBe(true);
    stop.abort(new Error('stopped'));
    expect(await ended).toMatchObject({ message: 'stopped' });
    await expect.poll(() => isAlive(marker), { timeout: 5000 }).toBe(false);
    // The connection serves others still.
    expect((await run({ command: 'echo on' }))[0]?.json['stdout']).toBe('on');
  });

  it('says when the server is gone in the middle, and connects again', async () => {
    await expect(run({ command: 'kill -9 $PPID' })).rejects.toMatchObject({
      code: 'CONNECTION_LOST',
    });
    expect((await run({ command: 'echo back' }))[0]?.json['stdout']).toBe('back');
  });

  it('waits for room on a server that takes few sessions at a time', async () => {
    const narrow = { ...data, port: process.env['GUIXU_TEST_SSH_NARROW_PORT'] ?? '' };
    const credentials = { server: { type: 'ssh', data: narrow } };
    const all = await Promise.all(
      Array.from({ length: 12 }, (_, n) => run({ command: `sleep 0.1; echo ${n}` }, { credentials })),
    );
    expect(all.map(([item]) => item?.json['stdout'])).toEqual(
      Array.from({ length: 12 }, (_, n) => String(n)),
    );
  });

  it('lets many commands share a connection', async () => {
    const all = await Promise.all(Array.from({ length: 30 }, (_, n) => run({ command: `echo ${n}` })));
    expect(all.map(([item]) => item?.json['stdout'])).toEqual(
      Array.from({ length: 30 }, (_, n) => String(n)),
    );
  });

  describe.skipIf(!database)('tunnel', () => {
    const address = new URL(database ?? 'postgres://127.0.0.1');
    const target = { host: address.hostname, port: Number(address.port) || 5432 };

    it('reaches a database, and is gone when it is closed', async () => {
      const tunnel = await openTunnel(connections, data, target);
      const through = new URL(address);
      through.port = String(tunnel.port);
      through.hostname = tunnel.host;
      const client = new pg.Client({ connectionString: through.href });
      await client.connect();
      const { rows } = await client.query<{ n: number }>(
        'select count(*)::int as n from generate_series(1, 50000)',
      );
      expect(rows).toEqual([{ n: 50_000 }]);
      const lost = once(client, 'error');
      expect(tunnel.isOpen).toBe(true);
      await tunnel.close();
      await lost;
      expect(tunnel.isOpen).toBe(false);
      const again = new pg.Client({ connectionString: through.href });
      await expect(again.connect()).rejects.toMatchObject({ code: 'ECONNREFUSED' });
      await tunnel.close();
    });

    it('is gone when the connection to the server is', async () => {
      const tunnel = await openTunnel(connections, data, target);
      await run({ command: 'kill -9 $PPID' }).catch(() => undefined);
      await expect.poll(() => tunnel.isOpen).toBe(false);
      await tunnel.close();
    });

    it('says when there is no way to the target', async () => {
      await expect(openTunnel(connections, data, { host: '127.0.0.1', port: 1 })).rejects.toMatchObject({
        code: 'SERVICE_REFUSED',
        facts: { reason: expect.stringContaining('127.0.0.1:1') as string },
      });
    });
  });
});

/** Whether the process whose number is in a file runs; null as long as there is no such file. */
async function isAlive(file: string): Promise<boolean | null> {
  const pid = Number(await readFile(file, 'utf8').catch(() => ''));
  if (!pid) return null;
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
