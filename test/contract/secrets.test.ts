import { createWriteStream } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { WorkflowDocument } from '../../src/contract/index.ts';
import { restoreBackup } from '../../src/engine/app.ts';
import { readConfig } from '../../src/engine/kernel/index.ts';
import { API_KEY } from './carriers.ts';
import { startTestApp, type TestApp } from './test-app.ts';

const SECRET = 'planted~secret+7f3a9c/of?the=suite';
/** As it may stand in an address, a header, a dump, or inside base64, wherever it begins there. */
const FORMS = [
  SECRET,
  encodeURIComponent(SECRET),
  encodeURI(SECRET),
  new URLSearchParams({ '': SECRET }).toString().slice(1),
  Buffer.from(SECRET).toString('hex'),
  ...['', '.', '..'].map((before) =>
    Buffer.from(before + SECRET)
      .toString('base64')
      .slice(4, -4),
  ),
];

describe('secrets of credentials', () => {
  let engine: TestApp;
  let other: Server;
  let target: string;
  let scratch: string;
  let logged = '';
  /** What the other side saw: proof that the secrets were used. */
  let seen = '';
  const credentials: Record<string, string> = {};

  beforeAll(async () => {
    scratch = await mkdtemp(join(tmpdir(), 'guixuflow-test-'));
    other = createServer((request, response) => {
      seen += `${request.url} ${JSON.stringify(request.headers)}`;
      if (request.url?.includes('/gone')) request.socket.destroy();
      else
        response
          .writeHead(request.url?.includes('/ok') ? 200 : 401, { 'content-type': 'text/plain' })
          .end('x');
    });
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;
    target = `http://127.0.0.1:${port}`;
    const sink = new Writable({
      write(chunk: Buffer, _encoding, done) {
        logged += chunk.toString();
        done();
      },
    });
    // Without the words that the program's own logger leaves out: what is handed to it is looked at.
    engine = await startTestApp({ app: { logger: pino({ level: 'trace' }, sink) } });

    const server = { host: '127.0.0.1', port: String(port), tls: 'off' };
    const login = { user: 'ann', password: SECRET };
    const planted: Record<string, Record<string, string>> = {
      'basic-auth': login,
      'bearer-auth': { token: SECRET },
      'header-auth': { name: 'X-Key', value: SECRET },
      'query-auth': { name: 'key', value: SECRET },
      'digest-auth': login,
      oauth2: {
        grant: 'client-credentials',
        tokenUrl: `${target}/token`,
        clientId: 'id',
        clientSecret: SECRET,
        clientAuthentication: 'header',
      },
      postgres: { ...server, database: 'x', ...login },
      redis: { ...server, ...login },
    };
    for (const [type, data] of Object.entries(planted)) {
      const { id } = await engine.app.client.credentials.create({ name: type, type, data });
      credentials[type] = id;
    }
  });
  afterAll(async () => {
    await engine.stop();
    await rm(scratch, { recursive: true, force: true });
    other.close();
    other.closeAllConnections();
  });

  /** Files of a folder that hold the secret. */
  async function tellingFiles(folder: string): Promise<string[]> {
    const telling: string[] = [];
    for (const entry of await readdir(folder, { recursive: true, withFileTypes: true }))
      if (entry.isFile() && isTold(await readFile(join(entry.parentPath, entry.name))).length > 0)
        telling.push(entry.name);
    return telling;
  }

  const isTold = (text: string | Buffer) => FORMS.filter((form) => text.includes(form));
  const HTTP_TYPES = ['basic-auth', 'bearer-auth', 'header-auth', 'query-auth', 'digest-auth', 'oauth2'];

  function documentOf(type: string, path: string) {
    const isHttp = HTTP_TYPES.includes(type);
    const parameters = {
      postgres: { operation: 'execute', query: 'select 1' },
      redis: { operation: 'get', key: 'a' },
    }[type];
    const slot = { postgres: 'database', redis: 'server' }[type] ?? 'auth';
    return WorkflowDocument.parse({
      name: `${type} ${path}`,
      nodes: [
        { id: 'start', name: 'Start', type: 'manual-trigger' },
        {
          id: 'use',
          name: 'Use',
          type: isHttp ? 'http-request' : type,
          parameters: parameters ?? { url: `${target}${path}`, authentication: 'credential' },
          credentials: { [slot]: credentials[type] },
          onError: 'error-output',
        },
        { id: 'after', name: 'After', type: 'wait', parameters: { amount: 0, unit: 'milliseconds' } },
      ],
      connections: [
        { from: { node: 'start' }, to: { node: 'use' } },
        { from: { node: 'use' }, to: { node: 'after' } },
      ],
    });
  }

  it('are used and told by nothing that a person, a file or a log shows', async () => {
    const { client } = engine.app;
    const watching = new AbortController();
    const told: unknown[] = [];
    const stream = await client.events.subscribe({}, { signal: watching.signal });
    const watched = (async () => {
      for await (const event of stream) told.push(event);
    })().catch(() => undefined);

    const cases = [
      ...HTTP_TYPES.flatMap((type) => ['/ok', '/refused', '/gone'].map((path) => [type, path] as const)),
      ['postgres', ''] as const,
      ['redis', ''] as const,
    ];
    for (const [type, path] of cases) {
      const { id: workflowId } = await client.workflows.create({ document: documentOf(type, path) });
      const { id } = await client.executions.start({ workflowId });
      await vi.waitUntil(
        async () => (await client.executions.get({ id, itemLimit: 0 })).finishedAt !== null,
        { timeout: 20_000 },
      );
      const execution = await client.executions.get({ id });
      // A case that never came to the node proves nothing.
      expect(
        execution.nodeRuns.map(({ nodeId }) => nodeId),
        `${type} ${path}`,
      ).toContain('use');
      told.push(execution, await client.workflows.get({ id: workflowId }));
    }
    for (const [type, id] of Object.entries(credentials))
      told.push(
        await client.credentials.test({ id, type, data: {} }).catch((error: unknown) => describeAll(error)),
      );
    told.push(await client.credentials.list({}), await client.credentials.uses({}));
    told.push(
      await client.credentials
        .create({ name: 'x', type: 'basic-auth', data: { password: SECRET } })
        .catch(describeAll),
    );
    const listening = WorkflowDocument.parse({
      name: 'Listens',
      nodes: [
        {
          id: 'listen',
          name: 'Listen',
          type: 'postgres-trigger',
          parameters: { channels: 'x' },
          credentials: { database: credentials['postgres'] },
        },
      ],
      connections: [],
    });
    const { id: listener } = await client.workflows.create({ document: listening });
    told.push(await client.workflows.activate({ id: listener }).catch(describeAll));
    told.push(await client.workflows.triggerStatuses({ id: listener }));
    watching.abort();
    await watched;

    expect(isTold(seen), 'the other side was shown the secret').not.toEqual([]);
    expect(isTold(JSON.stringify(told))).toEqual([]);
    expect(logged).not.toBe('');
    expect(isTold(logged)).toEqual([]);

    const headers = { authorization: `Bearer ${API_KEY}` };
    for (const path of [
      '/api/v1/credentials',
      '/api/v1/executions',
      '/api/v1/workflows',
      '/api/v1/credential-types',
    ]) {
      const answer = await (await fetch(`${engine.app.url}${path}`, { headers })).text();
      expect(isTold(answer), path).toEqual([]);
    }
    expect(await tellingFiles(engine.dataDir)).toEqual([]);
    const file = join(scratch, 'backup.zip');
    await pipeline((await engine.app.backup({ withKey: true })).content, createWriteStream(file));
    await restoreBackup(readConfig({}, { dataDir: join(scratch, 'restored') }), file);
    expect(await tellingFiles(join(scratch, 'restored'))).toEqual([]);
  }, 120_000);
});

/** An error with all that it leads to. */
function describeAll(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const { name, message, stack, cause, ...rest } = error as Error & Record<string, unknown>;
  return { name, message, stack, cause: describeAll(cause), ...rest };
}
