import { mkdir } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SHORT, slowDocument, webhookDocument } from '../contract/documents.ts';
import { CliBench, KEY } from './run-cli.ts';

const SLOW = 60_000;
let bench: CliBench;
beforeEach(async () => {
  bench = await CliBench.create();
});
afterEach(() => bench.dispose());

const FAILING = {
  name: 'Failing',
  nodes: [
    { id: 'a', name: 'Start', type: 'manual-trigger' },
    // Port 1 answers nowhere.
    { id: 'b', name: 'Fetch', type: 'http-request', parameters: { url: 'http://127.0.0.1:1/' } },
  ],
  connections: [{ from: { node: 'a' }, to: { node: 'b' } }],
};

function noStack(text: string) {
  expect(text).not.toMatch(/\n\s+at .+:\d+/);
}

describe('the command line', { timeout: SLOW }, () => {
  it('explains itself in the language of the locale', async () => {
    expect((await bench.run(['help'])).stdout).toContain('Usage: guixuflow');
    expect((await bench.run(['help', 'serve'], { LC_ALL: 'zh_CN.UTF-8' })).stdout).toContain(
      '用法：guixuflow serve',
    );
    expect((await bench.run(['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  it('ends with 2 when it is called wrongly', async () => {
    expect(await bench.run(['fly'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('There is no command "fly"') as string,
    });
    expect(await bench.run(['execute', '--speed'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("'--speed'") as string,
    });
    expect(await bench.run(['execute'])).toMatchObject({ code: 2 });
  });

  it('names the setting that is wrong', async () => {
    const result = await bench.run(['serve'], { GUIXU_PORT: 'many' });
    expect(result).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^CONFIG_INVALID: .*GUIXU_PORT/) as string,
    });
    noStack(result.stderr);
  });
});

describe('execute', { timeout: SLOW }, () => {
  it('prints what every node gave', async () => {
    const file = await bench.write('short.json', SHORT);
    const input = await bench.write('items.json', [{ n: 1 }, { json: { n: 2 } }]);
    const { code, stdout } = await bench.run(['execute', file, '--input', input, '--json']);
    expect(code).toBe(0);
    const outcome = JSON.parse(stdout) as Record<string, unknown>;
    expect(Object.keys(outcome)).toEqual(['status', 'durationMs', 'error', 'nodes', 'runs']);
    expect(outcome).toMatchObject({
      status: 'success',
      error: null,
      nodes: {
        Start: [[{ json: { n: 1 } }, { json: { n: 2 } }]],
        End: [[{ json: { n: 1 } }, { json: { n: 2 } }]],
      },
      runs: { End: [[[{ json: { n: 1 } }, { json: { n: 2 } }]]] },
    });
  });

  it('runs several files, one line each, and goes on after one that fails', async () => {
    const files = [
      await bench.write('a.json', SHORT),
      await bench.write('b.json', FAILING),
      await bench.write('c.json', '{"nodes":'),
      join(bench.dir, 'none.json'),
    ];
    const { code, stdout } = await bench.run(['execute', '--json', ...files]);
    expect(code).toBe(1);
    const lines = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { status: string; error: { code: string; message: string } | null });
    expect(lines.map(({ status, error }) => [status, error?.code ?? null])).toEqual([
      ['success', null],
      ['failed', 'HTTP_REQUEST_FAILED'],
      ['failed', 'WORKFLOW_FILE_INVALID'],
      ['failed', 'WORKFLOW_FILE_INVALID'],
    ]);
    expect(lines[1]?.error).toMatchObject({
      message: expect.stringContaining('http://127.0.0.1:1/') as string,
      nodeName: 'Fetch',
    });
  });

  it('tells people in a few lines', async () => {
    const { stdout } = await bench.run(['execute', await bench.write('short.json', SHORT)]);
    expect(stdout).toMatch(/^short\.json: success \(\d+ ms\)\n {2}Start {2}1 items\n {2}End {4}1 items\n$/);
  });

  it('asks which trigger to start from', async () => {
    const document = {
      ...SHORT,
      nodes: [...SHORT.nodes, { id: 'other', name: 'Other', type: 'manual-trigger' }],
    };
    const file = await bench.write('two.json', document);
    expect(JSON.parse((await bench.run(['execute', file, '--json'])).stdout)).toMatchObject({
      error: { code: 'START_NODE_AMBIGUOUS' },
    });
    expect(
      JSON.parse((await bench.run(['execute', file, '--json', '--start', 'Start'])).stdout),
    ).toMatchObject({ status: 'success' });
  });
});

describe('import and export', { timeout: SLOW }, () => {
  it('carry a workflow into the data folder and out again', async () => {
    const file = await bench.write('short.json', SHORT);
    const imported = await bench.run(['import', file, '--json']);
    expect(imported.code).toBe(0);
    const { id, problems } = JSON.parse(imported.stdout) as { id: string; problems: unknown[] };
    expect(problems).toEqual([]);
    const exported = await bench.run(['export', id]);
    expect(JSON.parse(exported.stdout)).toMatchObject({
      name: 'Short',
      nodes: [{ id: 'start' }, { id: 'end' }],
    });
    const yaml = await bench.write(
      'short.yaml',
      (await bench.run(['export', id, '--format', 'yaml'])).stdout,
    );
    expect(JSON.parse((await bench.run(['execute', yaml, '--json'])).stdout)).toMatchObject({
      status: 'success',
    });
    expect(await bench.run(['export', id, '--format', 'xml'])).toMatchObject({ code: 2 });
    expect(await bench.run(['export', 'none'])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('WORKFLOW_NOT_FOUND') as string,
    });
  });

  it('list the versions of a workflow and what has changed since', async () => {
    const file = await bench.write('hook.json', webhookDocument('Hook', 'cli-versions'));
    const { id } = JSON.parse((await bench.run(['import', file, '--json'])).stdout) as { id: string };
    expect(await bench.run(['versions', id])).toMatchObject({
      code: 0,
      stdout: '',
      stderr: 'There are no versions yet.\n',
    });
    expect((await bench.run(['diff', id])).stderr).toContain('VERSION_NOT_FOUND');

    const server = await bench.serve();
    const call = (method: string, path: string, body?: object) =>
      fetch(`${server.url}/api/v1/workflows/${id}${path}`, {
        method,
        headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' },
        ...(body && { body: JSON.stringify(body) }),
      });
    expect((await call('POST', '/versions', { name: 'Kept' })).status).toBe(201);
    const document = { ...webhookDocument('Hook', 'cli-versions'), description: 'New' };
    expect((await call('PUT', '', { document, revision: 1 })).status).toBe(200);

    expect((await bench.run(['versions', id])).stdout).toMatch(/^1\t\S+Z\tnamed\tnodes: 1\tKept\n$/);
    const diff = await bench.run(['diff', id]);
    expect(diff).toMatchObject({ code: 0, stderr: '' });
    expect(diff.stdout).toMatch(/^@@ -1,4 \+1,5 @@\n connections: \[\]\n\+description: New\n id: /);
    expect(await bench.run(['diff', id, '1', '1'])).toMatchObject({ code: 0, stdout: '' });
    expect(await bench.run(['diff', id, 'first'])).toMatchObject({ code: 2 });
    await server.stop();
  });

  it('bring an n8n workflow along and say what could not be taken over', async () => {
    const node = { parameters: {}, typeVersion: 1, position: [0, 0] };
    const n8n = {
      name: 'Foreign',
      nodes: [
        { ...node, id: 'a', name: 'Start', type: 'n8n-nodes-base.manualTrigger' },
        { ...node, id: 'b', name: 'Chat', type: 'n8n-nodes-base.slack' },
      ],
      connections: { Start: { main: [[{ node: 'Chat', type: 'main', index: 0 }]] } },
    };
    const file = await bench.write('foreign.json', n8n);
    const { stdout, code } = await bench.run(['import', file, '--from', 'n8n']);
    expect(code).toBe(0);
    expect(stdout).toContain('2 nodes, 1 as they were, 0 approximated, 1 as placeholders');
    expect(stdout).toContain('- Chat: There is no counterpart for "n8n-nodes-base.slack" yet.');
    const own = await bench.run(['import', await bench.write('own.json', SHORT), '--from', 'n8n']);
    expect([own.code, own.stdout]).toEqual([1, expect.stringContaining('does not come from n8n')]);
    expect((await bench.run(['import', file, '--from', 'make'])).code).toBe(2);
  });

  it('leave the data folder as it is when a file cannot be read', async () => {
    const result = await bench.run(['import', await bench.write('broken.json', '{'), '--json']);
    expect(result.code).toBe(1);
    expect(JSON.parse(result.stdout)).toMatchObject({ id: null, error: { code: 'WORKFLOW_FILE_INVALID' } });
  });
});

describe('serve', { timeout: SLOW }, () => {
  it('serves without Electron and stops cleanly', async () => {
    const server = await bench.serve();
    expect(await (await fetch(`${server.url}/healthz`)).json()).toEqual({ status: 'ok' });
    expect(server.token).not.toBe('');
    expect((await server.stop()).code).toBe(0);
  });

  it('takes imports while it runs, activates them and answers their webhooks', async () => {
    const server = await bench.serve();
    const file = await bench.write('hook.json', webhookDocument('Hook', 'orders'));
    const { stdout, code } = await bench.run(['import', file, '--activate', '--json']);
    expect([code, JSON.parse(stdout)]).toMatchObject([0, { active: true, error: null }]);
    const call = (path: string, body: string) =>
      fetch(`${server.url}/webhook/${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
      });
    expect((await call('orders', '{"n":1}')).status).toBe(200);
    expect((await call('orders', '{"n":')).status).toBe(400);
    expect(await (await call('elsewhere', '{}')).json()).toMatchObject({ code: 'WEBHOOK_NOT_REGISTERED' });
    await server.stop();

    // Active workflows are active again after a restart.
    const again = await bench.serve();
    const response = await fetch(`${again.url}/webhook/orders`, { method: 'POST' });
    expect(response.status).toBe(200);
    await again.stop();
  });

  it('says that a workflow with that webhook is there but not active', async () => {
    await bench.run(['import', await bench.write('hook.json', webhookDocument('Sleeping', 'orders'))]);
    const server = await bench.serve();
    const response = await fetch(`${server.url}/webhook/orders`, { method: 'POST' });
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({
      code: 'WEBHOOK_WORKFLOW_INACTIVE',
      message: expect.stringContaining('Sleeping') as string,
    });
    await server.stop();
  });

  it('goes on with what a killed process left unfinished when it starts again', async () => {
    const server = await bench.serve();
    const call = (url: string, path: string, body?: unknown) =>
      fetch(`${url}/api/v1${path}`, {
        method: body ? 'POST' : 'GET',
        headers: { 'x-api-key': KEY, 'content-type': 'application/json' },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      }).then(
        (response) =>
          response.json() as Promise<{ id: string; status: string; error: { code: string } | null }>,
      );
    const { id } = await call(server.url, '/workflows/unsaved/executions', {
      document: slowDocument(2_000),
    });
    await server.kill();
    const again = await bench.serve();
    await expect
      .poll(async () => (await call(again.url, `/executions/${id}`)).status, { timeout: 20_000 })
      .toBe('success');
    await again.stop();
  });

  it('refuses a data folder that another one works on', async () => {
    const server = await bench.serve();
    const second = await bench.run(['serve', '--port', '0', '--data', bench.dataDir]);
    expect(second).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^DATA_FOLDER_LOCKED: /) as string,
    });
    expect(second.stderr).toContain(server.url);
    noStack(second.stderr);
    await server.stop();
  });

  it('refuses a port that is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const { port } = other.address() as AddressInfo;
    const result = await bench.run(['serve', '--port', String(port)]);
    other.close();
    expect(result).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(new RegExp(`^PORT_IN_USE: .*${port}.*--port`)) as string,
    });
    noStack(result.stderr);
  });

  it('refuses to listen beyond this machine without a key', async () => {
    const result = await bench.run(['serve', '--port', '0', '--host', '0.0.0.0'], { GUIXU_API_KEY: '' });
    expect(result).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^HOST_NEEDS_AUTHENTICATION: .*GUIXU_API_KEY/) as string,
    });
  });

  it('refuses a database that a newer version wrote, and changes nothing in it', async () => {
    await bench.run(['import', await bench.write('short.json', SHORT)]);
    const path = join(bench.dataDir, 'guixuflow.db');
    const database = new Database(path);
    database
      .prepare('insert into schema_migrations (number, name, applied_at) values (9999, ?, 0)')
      .run('from the future');
    database.close();
    const result = await bench.run(['serve', '--port', '0']);
    expect(result).toMatchObject({ code: 1, stderr: expect.stringMatching(/^DATABASE_TOO_NEW: /) as string });
  });

  it('refuses a data folder that cannot be one', async () => {
    const file = await bench.write('file', 'not a folder');
    const result = await bench.run(['serve', '--port', '0', '--data', join(file, 'data')]);
    expect(result).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^DATA_FOLDER_UNWRITABLE: /) as string,
    });
    noStack(result.stderr);
  });
});

describe('doctor', { timeout: SLOW }, () => {
  it('finds this installation able to run', async () => {
    const { stdout, code } = await bench.run(['doctor', '--port', '0', '--json']);
    const { findings } = JSON.parse(stdout) as { findings: Array<{ check: string; state: string }> };
    expect(
      findings.filter(({ check }) => check !== 'renderer').map(({ check, state }) => [check, state]),
    ).toEqual([
      ['node', 'ok'],
      ['better-sqlite3', 'ok'],
      ['isolated-vm', 'ok'],
      ['data-folder', 'ok'],
      ['port', 'ok'],
    ]);
    expect(code).toBe(0);
  });

  it('ends with 1 and a remedy when something is in the way', async () => {
    await mkdir(bench.dataDir, { recursive: true });
    const file = await bench.write('file', '');
    const { stdout, code } = await bench.run(['doctor', '--port', '0', '--data', join(file, 'data')]);
    expect(code).toBe(1);
    expect(stdout).toContain('→ Give this user write access');
  });
});
