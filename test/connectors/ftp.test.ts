import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { chmod, chown, mkdir, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Item } from '../../src/contract/index.ts';
import type { OpenConnections } from '../../src/engine/connections/index.ts';
import { ftpCredential } from '../../src/engine/connectors/ftp/ftp-credential.ts';
import type { BinaryStore } from '../../src/engine/node-kit/index.ts';
import {
  items,
  memoryBinaryStore,
  runNode,
  type RunNodeOptions,
} from '../../src/engine/node-kit/test-harness.ts';
import { ftp } from '../../src/engine/nodes/files/ftp/ftp.node.ts';
import { openConnections, tryCredential } from './connection-bench.ts';

const env = (name: string) => process.env[`GUIXU_TEST_${name}`] ?? '';
const sshFolder = env('SSH_FOLDER');
const ftpFolder = env('FTP_FOLDER');
const read = (folder: string, name: string) => (folder ? readFileSync(join(folder, name), 'utf8') : '');

interface Server {
  type: string;
  folder: string;
  data: Record<string, string>;
}
const ssh: Server = {
  type: 'ssh',
  folder: sshFolder,
  data: {
    host: '127.0.0.1',
    port: env('SSH_PORT'),
    user: env('SSH_USER'),
    method: 'key',
    privateKey: read(sshFolder, 'key'),
    hostKey: sshFolder
      ? (spawnSync('ssh-keygen', ['-lf', join(sshFolder, 'host-key.pub')])
          .stdout.toString()
          .split(' ')[1] ?? '')
      : '',
  },
};
const plain: Server = {
  type: 'ftp',
  folder: ftpFolder,
  data: {
    host: '127.0.0.1',
    port: env('FTP_PORT'),
    user: env('FTP_USER'),
    password: env('FTP_PASSWORD'),
    tls: 'off',
  },
};
const secure = {
  tls: 'verify',
  tlsStart: 'explicit',
  authorities: read(ftpFolder, 'certificate.pem'),
};
const SERVERS: Array<[string, Server]> = [
  ['SFTP', ssh],
  ['FTP', plain],
  ['FTPS', { ...plain, data: { ...plain.data, ...secure } }],
  [
    'FTPS from the start',
    { ...plain, data: { ...plain.data, ...secure, port: env('FTP_IMPLICIT_PORT'), tlsStart: 'implicit' } },
  ],
];

let connections: OpenConnections;
let binary: BinaryStore;
beforeEach(() => {
  binary = memoryBinaryStore();
  connections = openConnections();
});
afterEach(() => connections.close());

async function run(server: Server, parameters: Record<string, unknown>, options: RunNodeOptions = {}) {
  const { ports } = await runNode(ftp, {
    connections,
    binary,
    credentials: { server: { type: server.type, data: server.data } },
    items: items({}),
    ...options,
    parameters,
  });
  return ports[0]!;
}
const withFile = async (content: Buffer | string, fileName = 'data.bin'): Promise<Item> => ({
  json: { n: 1 },
  binary: {
    data: await binary.write(Buffer.from(content), { mimeType: 'application/octet-stream', fileName }),
  },
});

describe.skipIf(!sshFolder || !ftpFolder).each(SERVERS)('Files over %s', (name, server) => {
  const home = join(server.folder, 'home');
  const work = `工作 ${name}`;
  const at = (...parts: string[]) => join(home, work, ...parts);
  const put = (path: string, content: Buffer | string) => writeFile(at(path), content);
  const go = (parameters: Record<string, unknown>, options?: RunNodeOptions) =>
    run(server, parameters, options);

  beforeEach(async () => {
    await mkdir(at());
    const { uid, gid } = await stat(home);
    await chown(at(), uid, gid);
  });
  afterEach(() => rm(at(), { recursive: true, force: true }));

  it('lists a folder, and all in it', async () => {
    await mkdir(at('a b', 'deep'), { recursive: true });
    await put('a b/deep/ü归墟.txt', 'xyz');
    await put(' lead', '');
    await put('.hidden', '12');
    await symlink('..', at('link'));
    const found = await go({ path: work });
    expect(found.map(({ json }) => [json['name'], json['kind'], json['path']])).toEqual([
      [' lead', 'file', `${work}/ lead`],
      ['.hidden', 'file', `${work}/.hidden`],
      ['a b', 'folder', `${work}/a b`],
      ['link', 'link', `${work}/link`],
    ]);
    const all = await go({ path: join(home, work), recursive: true });
    expect(all.map(({ json }) => json['path'])).toEqual(
      [' lead', '.hidden', 'a b', 'a b/deep', 'a b/deep/ü归墟.txt', 'link'].map((one) => at(one)),
    );
    expect(all[4]?.json).toMatchObject({ kind: 'file', size: 3 });
    expect(all[4]?.pairedItem).toEqual({ item: 0 });
    expect(await go({ path: work, recursive: true, most: 3 })).toHaveLength(3);
    await mkdir(at('empty'));
    expect(await go({ path: `${work}/empty` })).toEqual([]);
  });

  it('downloads files, also large, empty and binary ones', async () => {
    const large = Buffer.alloc(5 * 1024 ** 2 + 7, Buffer.from([0, 255, 10, 13, 200]));
    await put('large.bin', large);
    await put('empty.csv', '');
    const { ports } = await runNode(ftp, {
      connections,
      binary,
      credentials: { server },
      items: items({ n: 1 }, { n: 2 }),
      parameters: (index) => ({
        operation: 'download',
        path: `${work}/${index === 0 ? 'large.bin' : 'empty.csv'}`,
        fileField: 'file',
      }),
    });
    const [first, second] = ports[0]!;
    expect(first?.json).toEqual({ n: 1, path: `${work}/large.bin` });
    expect((await binary.read(first!.binary!['file']!)).equals(large)).toBe(true);
    expect(second?.binary?.['file']).toMatchObject({ size: 0, fileName: 'empty.csv', mimeType: 'text/csv' });
  });

  it('uploads a file whole or not at all', async () => {
    const large = Buffer.alloc(5 * 1024 ** 2 + 7, Buffer.from([0, 255, 10, 13, 200]));
    const [item] = await go(
      { operation: 'upload', path: `${work}/new/deep/`, makeFolders: true },
      { items: [await withFile(large, '报告.bin')] },
    );
    expect(item?.json).toEqual({ n: 1, path: `${work}/new/deep/报告.bin` });
    expect((await readFile(at('new/deep/报告.bin'))).equals(large)).toBe(true);
    expect(await readdir(at('new/deep'))).toEqual(['报告.bin']);

    await put('old.txt', 'old');
    const { uid, gid } = await stat(home);
    await chown(at('old.txt'), uid, gid);
    await expect(
      go(
        { operation: 'upload', path: `${work}/old.txt`, ifThere: 'fail' },
        { items: [await withFile('new')] },
      ),
    ).rejects.toMatchObject({ code: 'FILE_FAILED', facts: { path: `${work}/old.txt` } });
    const breaking: BinaryStore = {
      ...binary,
      async *stream() {
        yield Buffer.alloc(100_000);
        throw new Error('disk gone');
      },
    };
    const broken = { binary: breaking, items: [await withFile('new')] };
    await expect(go({ operation: 'upload', path: `${work}/old.txt` }, broken)).rejects.toThrow('disk gone');
    expect(await readFile(at('old.txt'), 'utf8')).toBe('old');
    expect((await readdir(at())).sort()).toEqual(['new', 'old.txt']);
    await go({ operation: 'upload', path: `${work}/old.txt` }, { items: [await withFile('')] });
    expect(await readFile(at('old.txt'), 'utf8')).toBe('');
    await expect(go({ operation: 'upload', path: `${work}/x` })).rejects.toMatchObject({
      code: 'BINARY_MISSING',
    });
  });

  it('renames, moves, makes folders and deletes', async () => {
    const { uid, gid } = await stat(home);
    await put('a.txt', 'a');
    await put('b.txt', 'b');
    await go({ operation: 'rename', path: `${work}/a.txt`, newPath: `${work}/b.txt` });
    expect(await readFile(at('b.txt'), 'utf8')).toBe('a');
    const moved = { operation: 'rename', path: `${work}/b.txt`, newPath: `${work}/x/y/c.txt` };
    await expect(go(moved)).rejects.toMatchObject({ code: /FILE_(NOT_FOUND|FAILED)/ });
    await go({ ...moved, makeFolders: true });
    expect(await readFile(at('x/y/c.txt'), 'utf8')).toBe('a');
    await put('d.txt', 'd');
    await expect(
      go({ operation: 'rename', path: `${work}/d.txt`, newPath: `${work}/x/y/c.txt`, ifThere: 'fail' }),
    ).rejects.toMatchObject({ code: 'FILE_FAILED' });

    await go({ operation: 'make-folder', path: `${work}/m/n` });
    await go({ operation: 'make-folder', path: `${work}/m/n/` });
    expect((await stat(at('m/n'))).isDirectory()).toBe(true);
    await expect(go({ operation: 'make-folder', path: `${work}/d.txt/e` })).rejects.toMatchObject({
      code: 'FILE_FAILED',
    });

    await symlink(at('m'), at('x/link'));
    const remove = { operation: 'delete', path: `${work}/x` };
    await expect(go(remove)).rejects.toMatchObject({ code: 'FILE_FAILED' });
    const [deleted] = await go({ ...remove, recursive: true });
    expect(deleted?.json).toEqual({ path: `${work}/x`, deleted: true });
    expect(existsSync(at('x'))).toBe(false);
    expect(existsSync(at('m'))).toBe(true);
    await expect(go(remove)).rejects.toMatchObject({ code: 'FILE_NOT_FOUND' });
    const [missing] = await go({ ...remove, failIfMissing: false });
    expect(missing?.json).toMatchObject({ deleted: false });
    expect([uid, gid]).not.toContain(0);
  });

  it('says what is wrong with a path, and goes on', async () => {
    await put('secret', 'x');
    await chmod(at('secret'), 0o000);
    const missing = { code: 'FILE_NOT_FOUND', facts: { path: `${work}/none/x` } };
    await expect(go({ operation: 'download', path: `${work}/none/x` })).rejects.toMatchObject(missing);
    await expect(go({ path: `${work}/none/x` })).rejects.toMatchObject(missing);
    await expect(
      go({ operation: 'upload', path: `${work}/none/x` }, { items: [await withFile('x')] }),
    ).rejects.toMatchObject({ code: 'FILE_NOT_FOUND' });
    await expect(go({ operation: 'download', path: `${work}/secret` })).rejects.toMatchObject({
      code: 'FILE_FAILED',
    });
    await expect(go({ operation: 'delete', path: '/etc/hostname' })).rejects.toMatchObject({
      code: 'FILE_FAILED',
    });
    await expect(go({ path: 'a\r\nDELE b' })).rejects.toMatchObject({ code: 'PARAMETER_INVALID' });
    expect((await go({ path: work })).map(({ json }) => json['name'])).toEqual(['secret']);
  });

  it('serves many at a time', async () => {
    await Promise.all(Array.from({ length: 40 }, (_, n) => put(`${n}`, String(n))));
    const { ports } = await runNode(ftp, {
      connections,
      binary,
      credentials: { server },
      items: items(...Array.from({ length: 40 }, (_, n) => ({ n }))),
      parameters: (index) => ({ operation: 'download', path: `${work}/${index}` }),
    });
    const texts = await Promise.all(
      ports[0]!.map(async (item) => String(await binary.read(item.binary!['data']!))),
    );
    expect(texts).toEqual(Array.from({ length: 40 }, (_, n) => String(n)));
  });

  it('ends an upload with Stop, and takes away what there was of it', async () => {
    const stop = new AbortController();
    const begun = Promise.withResolvers<void>();
    const endless: BinaryStore = {
      ...binary,
      async *stream() {
        for (let sent = 0; ; sent++) {
          yield Buffer.alloc(64 * 1024);
          if (sent === 20) begun.resolve();
        }
      },
    };
    const running = go(
      { operation: 'upload', path: `${work}/endless` },
      { binary: endless, items: [await withFile('x')], signal: stop.signal },
    );
    const ended = running.catch((error: unknown) => error as Error);
    await begun.promise;
    stop.abort(new Error('stopped'));
    expect(await ended).toMatchObject({ message: 'stopped' });
    expect(await readdir(at())).toEqual([]);
    expect(await go({ path: work })).toEqual([]);
  });

  it('says when the server is gone in the middle, and connects again', async () => {
    const sockets = new Set<Socket>();
    // What lies between may break.
    const between = createServer((socket) => {
      const through = connect(Number(server.data['port']), '127.0.0.1');
      for (const one of [socket, through]) sockets.add(one.on('error', () => undefined));
      socket.pipe(through).pipe(socket);
    }).listen(0, '127.0.0.1');
    await once(between, 'listening');
    const { port } = between.address() as AddressInfo;
    const over = { ...server, data: { ...server.data, port: String(port) } };
    const breaking: BinaryStore = {
      ...binary,
      async *stream() {
        yield Buffer.alloc(200_000);
        for (const socket of sockets) socket.destroy();
        for (;;) yield Buffer.alloc(200_000);
      },
    };
    await expect(
      run(
        over,
        { operation: 'upload', path: `${work}/half` },
        { binary: breaking, items: [await withFile('x')] },
      ),
    ).rejects.toMatchObject({ code: 'CONNECTION_LOST' });
    expect((await run(over, { path: work })).map(({ json }) => json['name'])).not.toContain('half');
    between.close();
    await connections.close();
  });
});

describe.skipIf(!ftpFolder)('Files over FTP: sign-in', () => {
  const failureOf = (change: Record<string, string>) =>
    tryCredential(ftpCredential, { ...plain.data, ...change }, connections).then(
      () => null,
      (error: unknown) => error as Error & { code: string },
    );

  it.each([
    ['without TLS', {}],
    ['with a certificate that is checked', secure],
    ['with any certificate', { tls: 'no-check', tlsStart: 'explicit' }],
  ])('works %s', async (_how, change) => expect(await failureOf(change)).toBeNull());

  it.each([
    ['a wrong password', { password: 'planted-secret' }, 'LOGIN_REFUSED'],
    ['a refused port', { port: '1' }, 'CONNECTION_REFUSED'],
    ['an unknown host', { host: 'no-such-host.invalid' }, 'HOST_UNKNOWN'],
    ['a certificate nobody vouches for', { ...secure, authorities: '' }, 'TLS_FAILED'],
    ['a certificate for another name', { ...secure, host: 'localhost' }, 'TLS_FAILED'],
    ['TLS from the start where it is not', { ...secure, tlsStart: 'implicit' }, 'TLS_FAILED'],
  ])('names the cause: %s', async (_what, change, code) => {
    const failure = await failureOf(change);
    expect(failure).toMatchObject({ code });
    expect(failure?.message).not.toContain('planted');
  });

  it('does not go on without TLS where the server has none', async () => {
    const heard: string[] = [];
    const server = createServer((socket) => {
      socket.write('220 ready\r\n');
      socket.on('error', () => undefined);
      socket.on('data', (line) => {
        heard.push(line.toString());
        socket.write('502 no such command\r\n');
      });
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    expect((await failureOf({ ...secure, port: String(port) }))?.code).toBe('TLS_FAILED');
    expect(heard).toEqual(['AUTH TLS\r\n']);
    server.close();
  });
});
