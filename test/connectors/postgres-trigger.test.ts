import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WorkflowDocument, type WorkflowDocumentInput } from '../../src/contract/index.ts';
import { startTestApp, type TestApp } from '../contract/test-app.ts';

const url = process.env['GUIXU_TEST_DATABASE_URL'];
const PASSWORD = 'planted-secret-7f3a';

describe.skipIf(!url)('PostgreSQL connector in the whole engine', () => {
  const channel = `guixu_${process.pid}`;
  const table = `guixu_flow_${process.pid}`;
  let engine: TestApp;
  let admin: pg.Client;
  let credentialId: string;

  beforeAll(async () => {
    admin = new pg.Client({ connectionString: url });
    await admin.connect();
    await admin.query(`create table ${table} (id int primary key, name text)`);
    engine = await startTestApp();
    const { hostname, port, pathname, username } = new URL(url!);
    const data = {
      host: hostname,
      port,
      database: pathname.slice(1),
      user: username,
      password: PASSWORD,
      tls: 'off',
    };
    const { client } = engine.app;
    await client.credentials.test({ type: 'postgres', data });
    ({ id: credentialId } = await client.credentials.create({ name: 'Database', type: 'postgres', data }));
  });
  afterAll(async () => {
    await engine.stop();
    await admin.query(`drop table ${table}`);
    await admin.end();
  });

  const node = (id: string, type: string, parameters: Record<string, unknown>) => ({
    ...{ id, name: id, type, parameters },
    ...(type.startsWith('postgres') && { credentials: { database: credentialId } }),
  });
  async function activate(document: WorkflowDocumentInput): Promise<string> {
    const { client } = engine.app;
    const { id } = await client.workflows.create({ document: WorkflowDocument.parse(document) });
    await client.workflows.activate({ id });
    return id;
  }
  const ended = async (workflowId: string, total: number) => {
    const { client } = engine.app;
    const list = () => client.executions.list({ workflowId });
    await expect
      .poll(async () => (await list()).items.filter(({ finishedAt }) => finishedAt !== null).length)
      .toBe(total);
    const { items } = await list();
    return Promise.all(items.map(({ id }) => client.executions.get({ id })));
  };

  it('starts with a notification and writes what it says, an expression in the query bound', async () => {
    const id = await activate({
      name: 'Orders',
      nodes: [
        node('listen', 'postgres-trigger', { channels: channel }),
        node('write', 'postgres', {
          operation: 'execute',
          query: `insert into ${table} values ({{ $json.payload.id }}, 'Name: {{ $json.payload.name }}') returning *`,
        }),
      ],
      connections: [{ from: { node: 'listen' }, to: { node: 'write' } }],
    });
    expect((await engine.app.client.workflows.triggerStatuses({ id })).items).toMatchObject([
      { state: 'connected' },
    ]);
    const evil = `x'); drop table ${table}; --`;
    await admin.query('select pg_notify($1, $2)', [channel, JSON.stringify({ id: 7, name: evil })]);
    const [execution] = await ended(id, 1);
    expect(execution).toMatchObject({ status: 'success', mode: 'trigger' });
    expect((await admin.query(`select * from ${table}`)).rows).toEqual([{ id: 7, name: `Name: ${evil}` }]);
    // Nothing of what people see holds the password.
    expect(JSON.stringify(execution)).not.toContain(PASSWORD);
    await engine.app.client.workflows.deactivate({ id });
  });

  it('connects again when the server ended the connection', async () => {
    const id = await activate({
      name: 'Again',
      nodes: [node('listen', 'postgres-trigger', { channels: channel })],
      connections: [],
    });
    const state = async () => (await engine.app.client.workflows.triggerStatuses({ id })).items[0];
    await admin.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'GuixuFlow' and query like 'listen%'",
    );
    await expect.poll(async () => (await state())?.state).toBe('retrying');
    expect((await state())?.error).toMatchObject({ code: 'CONNECTION_LOST' });
    await expect.poll(async () => (await state())?.state, { timeout: 10_000 }).toBe('connected');
    await admin.query('select pg_notify($1, $2)', [channel, 'plain text']);
    const [execution] = await ended(id, 1);
    expect(execution?.nodeRuns[0]?.outputs[0]?.[0]?.json).toMatchObject({ channel, payload: 'plain text' });
    await engine.app.client.workflows.deactivate({ id });
  });

  it('refuses to activate where it cannot connect, and says why', async () => {
    const { client } = engine.app;
    const data = { host: '127.0.0.1', port: '1', database: 'x', user: 'x', tls: 'off' };
    const { id: wrong } = await client.credentials.create({ name: 'Wrong', type: 'postgres', data });
    const { id } = await client.workflows.create({
      document: WorkflowDocument.parse({
        name: 'Unreachable',
        nodes: [
          { ...node('listen', 'postgres-trigger', { channels: 'a' }), credentials: { database: wrong } },
        ],
        connections: [],
      }),
    });
    await expect(client.workflows.activate({ id })).rejects.toMatchObject({ code: 'CONNECTION_REFUSED' });
    expect((await client.workflows.get({ id })).active).toBe(false);
  });
});
