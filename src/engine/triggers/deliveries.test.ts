import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { seal, signSealed, readAesKey } from './signatures/sealed-message.ts';
import { call, chain, createRig, jsonOf, webhook } from './test-rig.ts';

let rig: Awaited<ReturnType<typeof createRig>>;
beforeEach(async () => {
  rig = await createRig();
  rig.credentials.set('secret', { type: 'webhook-secret', data: { secret: 'key' } });
});
afterEach(() => rig.close());

const JSON_HEADERS = { 'content-type': 'application/json' };
const hmac = (text: string) => createHmac('sha256', 'key').update(text).digest('hex');
const count = async () => (await rig.executionsOf('w')).length;

describe('deliveries', () => {
  it('that come again begin nothing within the window, told by an id', async () => {
    const parameters = {
      path: 'd',
      respond: 'at-end',
      deduplicate: 'delivery-id',
      deliveryId: 'headers.x-id',
      deduplicateMinutes: 10,
    };
    await rig.activate('w', chain('D', webhook(parameters), { type: 'pass' }));
    const send = (id: string, body = '{}') =>
      rig.triggers.handle(call('d', { headers: { ...JSON_HEADERS, 'x-id': id }, body }));
    const [first, second] = await Promise.all([send('a'), send('a', '{"again":true}')]);
    const answers = [jsonOf(first), jsonOf(second)] as Array<{ duplicate?: boolean; executionId?: string }>;
    const [{ id } = { id: '' }] = (await rig.storage.executions.list({ limit: 1 })).items;
    expect([first.status, second.status]).toEqual([200, 200]);
    expect(answers.filter(({ duplicate }) => duplicate)).toEqual([{ duplicate: true, executionId: id }]);
    expect(jsonOf(await send('a'))).toEqual({ duplicate: true, executionId: id });
    expect(await count()).toBe(1);
    await send('b');
    await rig.clock.advance(600_000);
    expect(jsonOf(await send('a'))).not.toHaveProperty('duplicate');
    expect(await count()).toBe(3);
    const without = await rig.triggers.handle(call('d'));
    expect(without.status).toBe(400);
    expect(jsonOf(without)).toMatchObject({ code: 'INPUT_INVALID' });
  });

  it('are told by their body, files too', async () => {
    await rig.activate('w', chain('D', webhook({ path: 'd', deduplicate: 'body' }), { type: 'pass' }));
    const send = (type: string, body: string) =>
      rig.triggers.handle(call('d', { headers: { 'content-type': type }, body }));
    await send('application/json', '{"n":1}');
    await send('application/json', '{ "n": 1 }');
    await send('application/json', '{"n":2}');
    await send('image/png', 'one');
    await send('image/png', 'one');
    await send('image/png', 'two');
    await rig.idle();
    expect(await count()).toBe(4);
  });

  it('are others where the address is another one', async () => {
    const node = webhook({ path: 'd/:id', methods: ['GET', 'PUT'], deduplicate: 'body' });
    await rig.activate('w', chain('D', node));
    for (const [method, path, queryText] of [
      ['PUT', 'd/1', ''],
      ['PUT', 'd/1', ''],
      ['PUT', 'd/2', ''],
      ['GET', 'd/1', ''],
      ['GET', 'd/1', 'page=2'],
    ] as const) {
      await rig.triggers.handle(call(path, { method, queryText }));
    }
    expect(await count()).toBe(4);
  });

  it('of a failed execution are not begun again, and those of tests always are', async () => {
    const node = webhook({ path: 'd', respond: 'at-end', deduplicate: 'body' });
    await rig.activate('w', chain('D', node, { type: 'boom' }));
    expect((await rig.triggers.handle(call('d'))).status).toBe(500);
    expect((await rig.triggers.handle(call('d'))).status).toBe(200);
    const { document } = (await rig.storage.workflows.get('w'))!;
    for (let turn = 0; turn < 2; turn++) {
      await rig.triggers.listen({ workflowId: 'w', document, nodeId: 'n0' });
      expect((await rig.triggers.handle(call('d', { test: true }))).status).toBe(500);
    }
    expect(await count()).toBe(3);
  });
});

describe('signed calls', () => {
  const signed = (more: Record<string, unknown> = {}) =>
    webhook(
      { path: 's', respond: 'at-end', authentication: 'hmac', signatureHeader: 'X-Sig', ...more },
      { 'webhook-secret': 'secret' },
    );

  it('are taken with the right signature only, and reach the workflow as they are', async () => {
    await rig.activate('w', chain('S', signed(), { type: 'pass' }));
    const send = (signature: string, body: string) =>
      rig.triggers.handle(call('s', { headers: { ...JSON_HEADERS, 'x-sig': signature }, body }));
    const body = '{"n": 1}';
    expect(jsonOf(await send(hmac(body), body))).toMatchObject({ body: { n: 1 } });
    const wrong = await send(hmac(body), '{"n": 2}');
    expect(wrong.status).toBe(401);
    expect(jsonOf(wrong)).toMatchObject({ code: 'WEBHOOK_SIGNATURE_INVALID' });
    expect((await rig.triggers.handle(call('s', { body }))).status).toBe(401);
    expect((await send('', 'x'.repeat(1001))).status).toBe(413);
    expect(await count()).toBe(1);
    rig.credentials.set('secret', { type: 'webhook-secret', data: { secret: 'new' } });
    await rig.triggers.refreshCredential('secret');
    expect((await send(hmac(body), body)).status).toBe(401);
  });

  it('with a timestamp are taken once, and while they are new', async () => {
    await rig.activate('w', chain('S', signed({ signedContent: 'timestamp-body' }), { type: 'pass' }));
    const time = String(rig.clock.now() / 1000);
    const send = () =>
      rig.triggers.handle(
        call('s', { headers: { 'x-timestamp': time, 'x-sig': hmac(`${time}.`) }, body: '' }),
      );
    expect((await send()).status).toBe(200);
    const replayed = await send();
    expect(replayed.status).toBe(409);
    expect(jsonOf(replayed)).toMatchObject({ code: 'WEBHOOK_REPLAYED' });
    await rig.clock.advance(300_001);
    expect((await send()).status).toBe(401);
    expect(await count()).toBe(1);
  });

  it('of GitHub need a secret and no more, and a redelivery begins nothing', async () => {
    const node = webhook({ path: 'g', authentication: 'github' }, { 'webhook-secret': 'secret' });
    await rig.activate('w', chain('G', node));
    const body = '{"zen":"Keep it logically awesome."}';
    const headers = {
      ...JSON_HEADERS,
      'x-hub-signature-256': `sha256=${hmac(body)}`,
      'x-github-delivery': 'd1',
    };
    const first = await rig.triggers.handle(call('g', { headers, body }));
    const { executionId } = jsonOf(first) as { executionId: string };
    expect(jsonOf(await rig.triggers.handle(call('g', { headers, body })))).toEqual({
      executionId,
      duplicate: true,
    });
    expect(await count()).toBe(1);
  });

  it('of WeCom are decrypted and answered with nothing, the check of the address with what it holds', async () => {
    const aesKey = 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C';
    const key = readAesKey(aesKey)!;
    rig.credentials.set('keys', {
      type: 'encrypted-callback',
      data: { token: 't', aesKey, receiver: 'corp' },
    });
    const node = webhook({ path: 'c', authentication: 'wecom' }, { 'encrypted-callback': 'keys' });
    await rig.activate('w', chain('C', node, { type: 'pass' }));
    const time = String(rig.clock.now() / 1000);
    const queryOf = (sealed: string, more = {}) =>
      String(
        new URLSearchParams({
          msg_signature: signSealed('t', time, 'n', sealed),
          timestamp: time,
          nonce: 'n',
          ...more,
        }),
      );
    const echostr = seal('echo', 'corp', key);
    const check = call('c', { method: 'GET', queryText: queryOf(echostr, { echostr }) });
    expect(await rig.triggers.handle(check)).toMatchObject({ status: 200, body: 'echo' });
    expect(await count()).toBe(0);
    const send = () => {
      const sealed = seal('<xml><Content>hi</Content></xml>', 'corp', key);
      const body = `<xml><Encrypt><![CDATA[${sealed}]]></Encrypt></xml>`;
      const headers = { 'content-type': 'text/xml' };
      return rig.triggers.handle(call('c', { headers, body, queryText: queryOf(sealed) }));
    };
    expect(await send()).toMatchObject({ status: 200, body: '' });
    // Encrypted anew, as when it is sent once more.
    expect(await send()).toMatchObject({ status: 200, body: '' });
    await rig.idle();
    expect(await count()).toBe(1);
    const [newest] = (await rig.storage.executions.list({ limit: 1 })).items;
    const outputs = await rig.storage.executions.outputs({
      executionId: newest!.id,
      nodeId: 'n1',
      runIndex: 0,
    });
    expect(outputs?.[0]?.[0]?.json.body).toBe('<xml><Content>hi</Content></xml>');
  });

  it('need a complete credential', async () => {
    rig.credentials.set('keys', { type: 'encrypted-callback', data: { token: 't', aesKey: 'short' } });
    const node = webhook({ path: 'c', authentication: 'dingtalk' }, { 'encrypted-callback': 'keys' });
    await expect(rig.activate('w', chain('C', node))).rejects.toMatchObject({ code: 'CREDENTIAL_INVALID' });
  });
});

it('calls beyond the limits of a webhook are refused', async () => {
  const options = { rateLimit: 2, rateSeconds: 10, bodyLimitKb: 0.5 };
  await rig.activate('w', chain('R', webhook({ path: 'r', options: { ...options, bodyLimitKb: 1 } })));
  const send = (body = '') =>
    rig.triggers.handle(call('r', { body, headers: { 'content-type': 'image/png' } }));
  expect([(await send()).status, (await send('x'.repeat(1025))).status]).toEqual([200, 413]);
  await rig.clock.advance(4000);
  const refused = await send();
  expect(refused).toMatchObject({ status: 429, headers: [{ name: 'retry-after', value: '6' }, {}] });
  expect(jsonOf(refused)).toMatchObject({ code: 'WEBHOOK_RATE_LIMITED' });
  await rig.clock.advance(6000);
  expect((await send()).status).toBe(200);
});
