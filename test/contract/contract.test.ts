import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getEventMeta } from '@orpc/client';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type EngineEvent, WorkflowDocument, type ExecutionDetail } from '../../src/contract/index.ts';
import type { EngineClient } from '../../src/engine/app.ts';
import { CARRIERS, type Connection } from './carriers.ts';
import { LONG, SHORT } from './documents.ts';
import { startTestApp, type TestApp } from './test-app.ts';

const N8N = {
  name: 'Foreign',
  nodes: [
    { name: 'Start', type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, position: [0, 0], parameters: {} },
  ],
  connections: {},
};

let engine: TestApp;
beforeAll(async () => {
  engine = await startTestApp();
});
afterAll(() => engine.stop());

describe.each(Object.entries(CARRIERS))('the contract over %s', (carrier, connect) => {
  let connection: Connection;
  let client: EngineClient;
  const short = WorkflowDocument.parse(SHORT);
  const long = WorkflowDocument.parse(LONG);

  beforeEach(() => {
    connection = connect(engine.app);
    client = connection.client;
  });
  afterEach(() => connection.close());

  const named = (name: string) => ({ ...short, name: `${carrier} ${name}` });

  async function ended(id: string): Promise<ExecutionDetail> {
    return expect
      .poll(() => client.executions.get({ id }), { timeout: 10_000, interval: 5 })
      .toSatisfy((execution: ExecutionDetail) => execution.finishedAt !== null)
      .then(() => client.executions.get({ id }));
  }

  describe('workflows', () => {
    it('are created, read, saved, listed and deleted', async () => {
      const created = await client.workflows.create({ document: named('crud') });
      expect(created).toMatchObject({ name: `${carrier} crud`, active: false, nodeCount: 2, problems: [] });

      const saved = await client.workflows.save({
        id: created.id,
        revision: created.revision,
        document: named('renamed'),
      });
      expect(saved.revision).toBeGreaterThan(created.revision);
      expect((await client.workflows.get({ id: created.id })).document.name).toBe(`${carrier} renamed`);

      const { items } = await client.workflows.list({ search: `${carrier} renamed` });
      expect(items.map(({ id }) => id)).toEqual([created.id]);

      expect(await client.workflows.delete({ id: created.id })).toEqual({ id: created.id });
      await expect(client.workflows.get({ id: created.id })).rejects.toMatchObject({
        code: 'WORKFLOW_NOT_FOUND',
      });
    });

    it('keep what somebody else saved in the meantime', async () => {
      const { id, revision } = await client.workflows.create({ document: named('stale') });
      await client.workflows.save({ id, revision, document: named('theirs') });
      await expect(client.workflows.save({ id, revision, document: named('mine') })).rejects.toMatchObject({
        code: 'REVISION_STALE',
        status: 409,
        data: { code: 'REVISION_STALE', details: { revision }, requestId: expect.any(String) as string },
      });
      expect((await client.workflows.get({ id })).name).toBe(`${carrier} theirs`);
    });

    it('come in pages that follow each other without gap or repeat', async () => {
      for (let index = 0; index < 5; index++)
        await client.workflows.create({ document: named(`page ${index}`) });
      const names: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await client.workflows.list({
          search: `${carrier} page`,
          sort: 'name',
          direction: 'asc',
          limit: 2,
          ...(cursor && { cursor }),
        });
        expect(page.total).toBe(5);
        names.push(...page.items.map(({ name }) => name));
        cursor = page.nextCursor ?? undefined;
      } while (cursor);
      expect(names).toEqual([0, 1, 2, 3, 4].map((index) => `${carrier} page ${index}`));
    });

    it('are duplicated under a new name and id', async () => {
      const { id } = await client.workflows.create({ document: named('twin') });
      const copy = await client.workflows.duplicate({ id });
      expect(copy.id).not.toBe(id);
      expect(copy.name).toBe(`${carrier} twin 2`);
      expect(copy.document.nodes).toEqual(short.nodes);
    });

    it.each(['json', 'yaml'] as const)('go out as a %s file and come back in', async (format) => {
      const { id, document } = await client.workflows.create({ document: named('file') });
      const { text, fileName } = await client.workflows.export({ id, format });
      expect(fileName).toBe(`${carrier} file.${format}`);
      expect(await client.workflows.write({ document, format })).toEqual({ text, fileName });
      const imported = await client.workflows.import({ text, fileName });
      expect(imported.id).not.toBe(id);
      expect(imported.document.nodes).toEqual(short.nodes);
    });

    it('are read from a web address', async () => {
      const files = createServer((request, response) => {
        if (request.url === '/n8n.json') response.end(JSON.stringify(N8N));
        else response.writeHead(404).end();
      });
      await new Promise<void>((resolve) => files.listen(0, '127.0.0.1', resolve));
      try {
        const base = `http://127.0.0.1:${(files.address() as AddressInfo).port}`;
        const { document, report } = await client.workflows.readUrl({ url: `${base}/n8n.json` });
        expect(document.nodes.map(({ type }) => type)).toEqual(['manual-trigger']);
        expect(report?.nodes).toHaveLength(1);
        await expect(client.workflows.readUrl({ url: `${base}/none` })).rejects.toMatchObject({
          code: 'WORKFLOW_FILE_INVALID',
          message: expect.stringContaining('404') as string,
        });
        await expect(client.workflows.readUrl({ url: 'file:///etc/passwd' })).rejects.toMatchObject({
          status: 400,
        });
      } finally {
        files.close();
      }
    });

    it('are not imported from a file that cannot be read', async () => {
      const { total } = await client.workflows.list({});
      for (const text of ['', '{', '[]', '{"nodes":"none"}', 'name: [']) {
        await expect(client.workflows.import({ text })).rejects.toMatchObject({
          code: 'WORKFLOW_FILE_INVALID',
          status: 422,
        });
      }
      expect((await client.workflows.list({})).total).toBe(total);
    });

    it('say what is wrong with them without being refused', async () => {
      const document = {
        ...named('odd'),
        nodes: [{ ...short.nodes[0]!, type: 'no-such-node' }, short.nodes[1]!],
      };
      const { problems } = await client.workflows.create({ document });
      expect(problems).toContainEqual(
        expect.objectContaining({ severity: 'error', code: 'NODE_TYPE_UNKNOWN', nodeId: 'start' }),
      );
      expect((await client.workflows.validate({ document })).problems).toEqual(problems);
    });

    it('tell when their schedules fire next, stored or not', async () => {
      const schedule = (expression: string) => ({
        ...named('times'),
        settings: { timezone: 'Asia/Shanghai' },
        nodes: [
          {
            ...short.nodes[0]!,
            type: 'schedule-trigger',
            parameters: { rules: [{ every: 'cron', expression }] },
          },
        ],
        connections: [],
      });
      const nodeId = short.nodes[0]!.id;
      const { times, timezone } = await client.workflows.nextFireTimes({
        document: schedule('30 9 * * *'),
        nodeId,
      });
      expect(timezone).toBe('Asia/Shanghai');
      expect(times.map((at) => new Date(at).toISOString().slice(11))).toEqual(
        Array.from({ length: 10 }, () => '01:30:00.000Z'),
      );
      await expect(
        client.workflows.nextFireTimes({ document: schedule('99 9 * * *'), nodeId }),
      ).rejects.toMatchObject({ code: 'SCHEDULE_INVALID', status: 422 });
    });
  });

  describe('executions', () => {
    it('run a stored draft and give what every node gave', async () => {
      const { id: workflowId } = await client.workflows.create({ document: named('run') });
      const { id } = await client.executions.start({ workflowId, input: [{ json: { n: 1 } }] });
      const execution = await ended(id);
      expect(execution).toMatchObject({ status: 'success', mode: 'manual', workflowId, error: null });
      expect(execution.nodeRuns.map(({ nodeName, status }) => [nodeName, status])).toEqual([
        ['Start', 'success'],
        ['End', 'success'],
      ]);
      expect(execution.nodeRuns[1]?.outputs[0]?.[0]?.json).toEqual({ n: 1 });

      const page = await client.executions.items({ id, nodeId: 'end' });
      expect(page).toMatchObject({ total: 1, items: [{ json: { n: 1 } }] });
      expect(
        (await client.executions.list({ workflowId, status: 'success' })).items.map((item) => item.id),
      ).toEqual([id]);
      expect(await client.executions.delete({ ids: [id] })).toEqual({ deleted: 1 });
      await expect(client.executions.get({ id })).rejects.toMatchObject({
        code: 'EXECUTION_NOT_FOUND',
        status: 404,
      });
    });

    it('are stopped while they wait', async () => {
      const { id } = await client.executions.start({ workflowId: 'unsaved', document: long });
      expect((await client.executions.stop({ id })).status).toBe('cancelled');
      await expect(client.executions.stop({ id })).rejects.toMatchObject({
        code: 'EXECUTION_FINISHED',
        status: 409,
      });
    });

    it('are refused for a workflow that cannot run', async () => {
      const document = { ...short, nodes: [{ ...short.nodes[0]!, type: 'no-such-node' }, short.nodes[1]!] };
      await expect(client.executions.start({ workflowId: 'unsaved', document })).rejects.toMatchObject({
        code: 'WORKFLOW_INVALID',
        status: 422,
      });
      await expect(client.executions.start({ workflowId: 'none' })).rejects.toMatchObject({
        code: 'WORKFLOW_NOT_FOUND',
      });
    });
  });

  describe('events', () => {
    const isEndOf = (id: string) => (event: EngineEvent) =>
      event.type === 'execution-finished' && event.execution.id === id;

    async function readUntil(
      events: AsyncIterator<EngineEvent>,
      first: Promise<IteratorResult<EngineEvent>>,
      last: (event: EngineEvent) => boolean,
    ) {
      const seen: EngineEvent[] = [];
      for (let next = await first; !next.done; next = await events.next()) {
        seen.push(next.value);
        if (last(next.value)) break;
      }
      return seen;
    }

    async function runOnce(): Promise<string> {
      const { id } = await client.executions.start({ workflowId: 'unsaved', document: short });
      await ended(id);
      return id;
    }

    it('can be stopped also when nothing of them is kept', async () => {
      const document = { ...LONG, settings: { save: 'none' as const } };
      const { id } = await client.executions.start({
        workflowId: 'unsaved',
        document: WorkflowDocument.parse(document),
      });
      expect(await client.executions.stop({ id })).toMatchObject({ id, status: 'cancelled' });
    });

    it('tell how an execution goes on, and go on after a drop where they stopped', async () => {
      const dropped = new AbortController();
      const events = (await client.events.subscribe({}, { signal: dropped.signal }))[Symbol.asyncIterator]();
      const first = events.next();
      // Over HTTP the watch begins a moment after the call: the first event proves that it has begun.
      first.catch(() => {});
      let id = await runOnce();
      const seen = await readUntil(events, first, (event) => event.type === 'execution-finished');
      id =
        seen.at(-1)?.type === 'execution-finished'
          ? (seen.at(-1) as { execution: { id: string } }).execution.id
          : id;
      expect(seen.filter(({ type }) => type === 'node-finished').length).toBeGreaterThan(0);
      const lastEventId = getEventMeta(seen.at(-1))?.id;
      expect(lastEventId).toMatch(/^\d+$/);
      dropped.abort();

      const missed = await runOnce();
      const again = (await client.events.subscribe({}, { lastEventId }))[Symbol.asyncIterator]();
      const resumed = await readUntil(again, again.next(), isEndOf(missed));
      await again.return?.();
      expect(resumed[0]?.type).not.toBe('gap');
      expect(resumed.map(({ type }) => type)).toEqual(
        expect.arrayContaining(['execution-started', 'node-started', 'node-finished', 'execution-finished']),
      );
      expect(resumed.every((event) => !isEndOf(id)(event))).toBe(true);
    });

    it('say so when what was missed is not held any more', async () => {
      const events = (await client.events.subscribe({}, { lastEventId: '1' }))[Symbol.asyncIterator]();
      expect((await events.next()).value).toEqual({ type: 'gap' });
      await events.return?.();
    });
  });

  describe('failures', () => {
    it('carry code, sentence, facts and request id, and no stack', async () => {
      const failure: unknown = await client.workflows.get({ id: 'none' }).catch((error: unknown) => error);
      expect(failure).toMatchObject({
        code: 'WORKFLOW_NOT_FOUND',
        status: 404,
        message: expect.stringContaining('"none"') as string,
        data: {
          code: 'WORKFLOW_NOT_FOUND',
          details: { id: 'none' },
          requestId: expect.stringMatching(/^[\da-f-]{36}$/) as string,
        },
      });
      expect(JSON.stringify((failure as { data: unknown }).data)).not.toContain('.ts');
    });

    it('name the field of an input that does not fit', async () => {
      await expect(client.workflows.list({ limit: 1000 })).rejects.toMatchObject({
        code: 'INPUT_INVALID',
        status: 400,
        message: expect.stringContaining('limit') as string,
      });
    });
  });

  describe('credentials', () => {
    it('are stored without ever giving a secret back', async () => {
      const { items: types } = await client.credentialTypes.list();
      expect(types.map(({ type }) => type)).toEqual(expect.arrayContaining(['bearer-auth']));
      const created = await client.credentials.create({
        name: `${carrier} token`,
        type: 'bearer-auth',
        data: { token: 'hush-hush' },
      });
      const { items } = await client.credentials.list({});
      expect(items.map(({ id }) => id)).toContain(created.id);
      expect(JSON.stringify([created, items])).not.toContain('hush-hush');
      expect((await client.credentials.update({ id: created.id, name: `${carrier} renamed` })).name).toBe(
        `${carrier} renamed`,
      );
      expect(await client.credentials.delete({ id: created.id })).toEqual({ id: created.id });
      await expect(client.credentials.delete({ id: created.id })).rejects.toMatchObject({
        code: 'CREDENTIAL_NOT_FOUND',
      });
    });
  });

  it('lists node types with texts in both languages', async () => {
    const { items } = await client.nodeTypes.list();
    const wait = items.find(({ type }) => type === 'wait');
    expect(wait?.texts['zh-CN'].name).not.toBe(wait?.texts.en.name);
  });

  it('says what system this is', async () => {
    expect(await client.system.info()).toMatchObject({
      database: 'sqlite',
      host: 'headless',
      webhookBaseUrl: expect.stringMatching(/^http/) as string,
    });
  });
});
