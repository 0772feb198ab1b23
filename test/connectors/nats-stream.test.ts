import { describe, expect, it } from 'vitest';
import { WorkflowDocument } from '../../src/contract/index.ts';
import { items } from '../../src/engine/node-kit/test-harness.ts';
import { startTestApp } from '../contract/test-app.ts';
import { natsBench } from './nats-bench.ts';

const url = process.env['GUIXU_TEST_NATS_URL'];
const program = process.env['GUIXU_TEST_NATS_SERVER'];

describe.skipIf(!url || !program)('NATS connector streams', () => {
  const bench = natsBench({ url: url!, program: program!, suite: 'streams' });
  const { data, store, consume, contents, notAcknowledged } = bench;

  it('stores messages in a stream, each id once', async () => {
    const { ports } = await store({ expectStream: bench.name }, { items: items({ n: 1 }, { n: 2 }) });
    expect(ports[0]?.map(({ json }) => json.value)).toEqual([
      { stream: bench.name, sequence: 1, duplicate: false },
      { stream: bench.name, sequence: 2, duplicate: false },
    ]);
    // The same execution, taken up again.
    const again = await store({}, { items: items({ n: 1 }, { n: 2 }) });
    expect(again.ports[0]?.map(({ json }) => json.value)).toEqual([
      { stream: bench.name, sequence: 1, duplicate: true },
      { stream: bench.name, sequence: 2, duplicate: true },
    ]);
    const other = await store({ messageId: 'other' });
    expect(other.ports[0]?.[0]?.json.value).toMatchObject({ sequence: 3 });
    await expect(store({ expectStream: 'another' })).rejects.toMatchObject({ code: 'SERVICE_REFUSED' });
    await expect(store({ subject: `${bench.name}.none` })).rejects.toMatchObject({
      code: 'SERVICE_REFUSED',
      facts: { reason: expect.stringContaining('no stream') as string },
    });
  });

  it('takes a stream from its beginning and what comes, and acknowledges what is stored', async () => {
    await store({}, { items: items({ n: 1 }, { n: 2 }) });
    const listener = await consume();
    await listener.until(2);
    await store({ messageId: 'third', headers: [{ name: 'kind', value: 'new' }] });
    await listener.until(3);
    await listener.close();
    expect(listener.emitted[2]?.items[0]?.json).toEqual({
      content: { n: 1 },
      subject: `${bench.name}.s.a`,
      headers: { 'Nats-Msg-Id': 'third', kind: 'new' },
      stream: bench.name,
      sequence: 3,
      publishedAt: expect.stringMatching(/^\d{4}-.*Z$/) as string,
      redelivered: false,
    });
    expect(listener.emitted[2]?.once).toMatch(`${bench.name}/3/`);
    await expect.poll(() => notAcknowledged()).toBe(0);
  });

  it('delivers again what was under way when it ended, and what came meanwhile', async () => {
    await store({}, { items: items({ n: 1 }, { n: 2 }) });
    const begun = Promise.withResolvers<void>();
    const first = await consume({
      onEmit: ([item]) => {
        if ((item?.json.content as { n: number }).n === 1) return;
        begun.resolve();
        return new Promise(() => undefined);
      },
    });
    await Promise.all([first.until(1), begun.promise]);
    await first.close();
    expect(contents(first)).toEqual([{ n: 1 }]);
    await store({ messageId: 'later' }, { items: items({ n: 3 }) });
    const second = await consume();
    await second.until(2);
    await second.close();
    expect(contents(second)).toEqual(expect.arrayContaining([{ n: 2 }, { n: 3 }]));
    await expect.poll(() => notAcknowledged()).toBe(0);
  });

  it('takes so many at a time', async () => {
    await store({}, { items: items(...Array.from({ length: 10 }, (_, n) => ({ n }))) });
    const stored = Promise.withResolvers<void>();
    let begun = 0;
    const listener = await consume({
      parameters: { inFlight: 3 },
      onEmit: () => {
        begun += 1;
        return stored.promise;
      },
    });
    await expect.poll(() => begun).toBe(3);
    expect((await bench.manager.consumers.info(bench.name, 'own')).num_ack_pending).toBe(3);
    stored.resolve();
    await listener.until(10);
    await listener.close();
    await expect.poll(() => notAcknowledged()).toBe(0);
  });

  it('delivers nothing twice that takes longer than the server waits', async () => {
    await store();
    const stored = Promise.withResolvers<void>();
    let begun = 0;
    const listener = await consume({
      parameters: { ackWaitSeconds: 1 },
      onEmit: () => {
        begun += 1;
        return stored.promise;
      },
    });
    let beats = 0;
    const acknowledgements = bench.admin.subscribe(`$JS.ACK.${bench.name}.own.>`, {
      callback: (_error, message) => void (beats += message.string() === '+WPI' ? 1 : 0),
    });
    // Half a second apart: more than twice the time after which it would come again.
    await expect.poll(() => beats, { timeout: 15_000 }).toBeGreaterThanOrEqual(5);
    stored.resolve();
    await listener.until(1);
    await listener.close();
    acknowledgements.unsubscribe();
    expect(begun).toBe(1);
    await expect.poll(() => notAcknowledged()).toBe(0);
  });

  it('delivers again, or discards, what cannot start the workflow', async () => {
    await store();
    let attempts = 0;
    const refusing = await consume({
      onEmit: () => {
        attempts += 1;
        if (attempts < 3) throw new Error('no');
      },
    });
    await expect.poll(() => refusing.emitted.length, { timeout: 15_000 }).toBe(1);
    await refusing.close();
    expect(attempts).toBe(3);
    expect(refusing.emitted[0]?.items[0]?.json.redelivered).toBe(true);
    await store({ messageId: 'next' });
    const discarding = await consume({
      parameters: { onRefused: 'discard' },
      onEmit: () => {
        throw new Error('no');
      },
    });
    await expect.poll(() => notAcknowledged()).toBe(0);
    await discarding.close();
    expect(discarding.emitted).toEqual([]);
  });

  it('takes only what comes from now on, and only the subjects of its filter', async () => {
    await store();
    const parameters = { start: 'new', filter: `${bench.name}.s.b`, consumer: '' };
    const listener = await consume({ parameters });
    await store({ messageId: 'a' });
    await store({ messageId: 'b', subject: `${bench.name}.s.b` });
    await listener.until(1);
    await listener.close();
    expect(listener.emitted[0]?.items[0]?.json).toMatchObject({ sequence: 3 });
  });

  it('changes the consumer there is with its settings', async () => {
    await (await consume({ parameters: { filter: `${bench.name}.s.b`, inFlight: 5 } })).close();
    expect((await bench.manager.consumers.info(bench.name, 'own')).config).toMatchObject({
      ...{ durable_name: 'own', filter_subject: `${bench.name}.s.b`, max_ack_pending: 5, max_deliver: -1 },
    });
    await (await consume({ parameters: { ackWaitSeconds: 7, mostDeliveries: 3 } })).close();
    const { config } = await bench.manager.consumers.info(bench.name, 'own');
    expect(config).toMatchObject({ ack_wait: 7_000_000_000, max_ack_pending: 50, max_deliver: 3 });
    expect(config.filter_subject).toBeUndefined();
  });

  it('takes one message in a test, and leaves the others', async () => {
    await store({}, { items: items({ n: 1 }, { n: 2 }, { n: 3 }) });
    let isTaken = false;
    const test = await consume({
      isTest: true,
      // As the editor does: what comes after the one message never ends.
      onEmit: () => (isTaken ? new Promise(() => undefined) : void (isTaken = true)),
    });
    await test.until(1);
    await test.close();
    await expect.poll(() => notAcknowledged()).toBe(2);
    const active = await consume();
    await active.until(2);
    await active.close();
    expect(contents(active)).toEqual([{ n: 2 }, { n: 3 }]);
  });

  it('says that the stream is not there, and when its consumer is deleted', async () => {
    await expect(consume({ parameters: { stream: 'nowhere' } })).rejects.toMatchObject({
      code: 'SERVICE_REFUSED',
      facts: { reason: expect.stringContaining('stream not found') as string },
    });
    const listener = await consume();
    // It has asked for messages by then.
    await expect
      .poll(async () => (await bench.manager.consumers.info(bench.name, 'own')).num_waiting)
      .toBe(1);
    await bench.manager.consumers.delete(bench.name, 'own');
    expect(await listener.lost).toMatchObject({ code: 'SERVICE_REFUSED' });
    await listener.close();
  });

  it('runs a workflow once per message in the whole engine', async () => {
    const engine = await startTestApp();
    const { client } = engine.app;
    const { id: credentialId } = await client.credentials.create({ name: 'NATS', type: 'nats', data });
    const { id } = await client.workflows.create({
      document: WorkflowDocument.parse({
        name: 'Take',
        nodes: [
          {
            id: 't',
            name: 'Take',
            type: 'nats-trigger',
            parameters: { source: 'stream', stream: bench.name, start: 'beginning', consumer: 'own' },
            credentials: { server: credentialId },
          },
          { id: 'n', name: 'Next', type: 'no-op' },
        ],
        connections: [{ from: { node: 't' }, to: { node: 'n' } }],
      }),
    });
    await client.workflows.activate({ id });
    await store({}, { items: items(...Array.from({ length: 200 }, (_, n) => ({ n }))) });
    await expect
      .poll(async () => (await client.executions.list({ workflowId: id, status: ['success'] })).total, {
        timeout: 20_000,
      })
      .toBe(200);
    await expect.poll(() => notAcknowledged()).toBe(0);
    await engine.stop();
  });
});
