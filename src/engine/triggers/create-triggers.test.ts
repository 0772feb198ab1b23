import { SignJWT } from 'jose';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { call, chain, createRig, jsonOf, webhook } from './test-rig.ts';

let rig: Awaited<ReturnType<typeof createRig>>;
beforeEach(async () => {
  rig = await createRig();
});
afterEach(() => rig.close());

const JSON_HEADERS = { 'content-type': 'application/json' };
const answering = (path: string, more: Record<string, unknown> = {}) =>
  webhook({ path, respond: 'at-end', ...more });

describe('webhook calls', () => {
  it('hand over headers, parameters, query and body, and answer with the last items once they are stored', async () => {
    await rig.activate(
      'w1',
      chain(
        'Orders',
        answering('/orders/:id/', { responseStatus: 201, responseHeaders: [{ name: 'X-A', value: '1' }] }),
        { type: 'pass' },
      ),
    );
    const reply = await rig.triggers.handle(
      call('orders/7', {
        queryText: 'a=1&a=2&b=%E4%BD%A0',
        headers: { ...JSON_HEADERS, cookie: 'guixuflow_5680=s; mine=1' },
        body: '{"n": 1}',
      }),
    );
    expect(reply).toMatchObject({
      status: 201,
      headers: [
        { name: 'X-A', value: '1' },
        { name: 'content-type', value: 'application/json; charset=utf-8' },
      ],
    });
    expect(jsonOf(reply)).toEqual({
      headers: { ...JSON_HEADERS, cookie: 'mine=1' },
      params: { id: '7' },
      query: { a: ['1', '2'], b: '你' },
      body: { n: 1 },
      webhookUrl: 'http://127.0.0.1:5680/webhook/orders/:id',
      executionMode: 'production',
    });
    expect(await rig.executionsOf('w1')).toEqual([{ status: 'success', mode: 'webhook', version: 1 }]);
  });

  it('leave at the output of their method', async () => {
    const document = chain('M', answering('m', { methods: ['GET', 'PUT'], outputPerMethod: true }), {
      type: 'pass',
    });
    document.connections = [{ from: { node: 'n0', index: 1 }, to: { node: 'n1' } }];
    await rig.activate('w1', document);
    const nodesOf = async () => {
      const [newest] = (await rig.storage.executions.list({ limit: 1 })).items;
      return (await rig.storage.executions.nodeRuns(newest!.id)).map(({ nodeId, itemCounts }) => [
        nodeId,
        itemCounts,
      ]);
    };
    await rig.triggers.handle(call('m', { method: 'PUT' }));
    expect(await nodesOf()).toEqual([
      ['n0', [0, 1]],
      ['n1', [1]],
    ]);
    await rig.triggers.handle(call('m', { method: 'GET' }));
    expect(await nodesOf()).toEqual([['n0', [1, 0]]]);
  });

  it('are taken from allowed addresses and people only', async () => {
    await rig.activate(
      'w1',
      chain('A', answering('a', { options: { ipAllowList: '10.0.0.0/8, ::1', ignoreBots: true } })),
    );
    const status = async (ip: string, agent = 'curl/8') =>
      (await rig.triggers.handle(call('a', { ip, headers: { 'user-agent': agent } }))).status;
    expect(await status('10.1.2.3')).toBe(200);
    expect(await status('::ffff:10.1.2.3')).toBe(200);
    expect(await status('::1')).toBe(200);
    expect(await status('192.168.0.1')).toBe(403);
    expect(await status('10.1.2.3', 'Slackbot-LinkExpanding 1.0')).toBe(403);
    await expect(
      rig.activate('w2', chain('B', answering('b', { options: { ipAllowList: '10.0.0.0/33' } }))),
    ).rejects.toMatchObject({ code: 'PARAMETER_INVALID', facts: { field: 'options.ipAllowList' } });
  });

  it('let pages of allowed origins read the answers, failures too', async () => {
    const options = { allowedOrigins: 'https://a.example, https://b.example/' };
    await rig.activate('w1', chain('C', answering('c', { options }), { type: 'boom' }));
    const from = async (origin: string, method = 'POST', headers: Record<string, string> = {}) => {
      const reply = await rig.triggers.handle(call('c', { method, headers: { origin, ...headers } }));
      return { status: reply.status, ...Object.fromEntries(reply.headers.map((h) => [h.name, h.value])) };
    };
    expect(await from('https://b.example')).toMatchObject({
      status: 500,
      'access-control-allow-origin': 'https://b.example',
      vary: 'Origin',
    });
    expect(await from('https://c.example')).not.toHaveProperty('access-control-allow-origin');
    expect(
      await from('https://a.example', 'OPTIONS', {
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type',
      }),
    ).toMatchObject({
      status: 204,
      'access-control-allow-origin': 'https://a.example',
      'access-control-allow-methods': 'POST',
      'access-control-allow-headers': 'content-type',
    });
  });

  it('are checked against a key, and what their token says is handed over', async () => {
    const data = { keyType: 'passphrase', secret: 'a secret of thirty-two characters', algorithm: 'HS256' };
    rig.credentials.set('c1', { type: 'jwt', data });
    await rig.activate(
      'w1',
      chain('J', webhook({ path: 'j', respond: 'at-end', authentication: 'jwt' }, { jwt: 'c1' })),
    );
    const sign = (secret: string, expires: string) =>
      new SignJWT({ sub: 'ann' })
        .setProtectedHeader({ alg: 'HS256' })
        .setExpirationTime(expires)
        .sign(new TextEncoder().encode(secret));
    const ask = async (token: string) =>
      rig.triggers.handle(call('j', { headers: { authorization: `Bearer ${token}` } }));
    const reply = await ask(await sign(data.secret, '1h'));
    expect(jsonOf(reply)).toMatchObject({ headers: {}, jwtPayload: { sub: 'ann' } });
    expect((await ask(await sign('another secret of the same length', '1h'))).status).toBe(401);
    expect((await ask(await sign(data.secret, '-1h'))).status).toBe(401);
    expect((await rig.triggers.handle(call('j'))).headers).toContainEqual({
      name: 'www-authenticate',
      value: 'Bearer realm="webhook"',
    });
  });

  it('answer with one field, or a text at once, and name the field of files', async () => {
    const headers = { 'content-type': 'image/png' };
    await rig.activate(
      'w1',
      chain('F', answering('f', { options: { responseField: 'query.a' } }), { type: 'pass' }),
    );
    expect(jsonOf(await rig.triggers.handle(call('f', { queryText: 'a=7' })))).toBe('7');
    await rig.activate('w2', chain('T', webhook({ path: 't', options: { responseText: 'thanks' } })));
    expect((await rig.triggers.handle(call('t'))).body).toBe('thanks');
    await rig.activate(
      'w3',
      chain(
        'B',
        answering('b', {
          responseData: 'first-binary',
          options: { binaryField: 'image', responseField: 'image' },
        }),
        {
          type: 'pass',
        },
      ),
    );
    const file = await rig.triggers.handle(call('b', { headers, body: 'png' }));
    expect(file.headers).toContainEqual({ name: 'content-type', value: 'image/png' });
  });

  it('read forms, text and files', async () => {
    await rig.activate('w1', chain('Any', answering('any'), { type: 'pass' }));
    await rig.activate(
      'w2',
      chain('File', answering('file', { responseData: 'first-binary' }), { type: 'pass' }),
    );
    await rig.activate(
      'w3',
      chain('Raw', answering('raw', { rawBody: true, responseData: 'first-binary' }), { type: 'pass' }),
    );
    const bodyOf = async (type: string, body: string | Buffer) =>
      (
        jsonOf(await rig.triggers.handle(call('any', { headers: { 'content-type': type }, body }))) as {
          body: unknown;
        }
      ).body;
    expect(await bodyOf('application/x-www-form-urlencoded', 'a=1&b=x+y')).toEqual({ a: '1', b: 'x y' });
    expect(await bodyOf('text/plain', 'hello')).toBe('hello');
    expect(await bodyOf('application/json', '')).toEqual({});
    const form = new FormData();
    form.append('title', 'T');
    form.append('tag', 'a');
    form.append('tag', 'b');
    form.append('photo', new Blob(['bytes'], { type: 'image/png' }), 'p.png');
    const encoded = new Response(form);
    const multipart = {
      headers: { 'content-type': encoded.headers.get('content-type')! },
      body: Buffer.from(await encoded.arrayBuffer()),
    };
    expect(await bodyOf(multipart.headers['content-type'], multipart.body)).toEqual({
      title: 'T',
      tag: ['a', 'b'],
    });
    const file = await rig.triggers.handle(call('file', multipart));
    expect(file.headers).toEqual([
      { name: 'content-disposition', value: "inline; filename*=UTF-8''p.png" },
      { name: 'content-type', value: 'image/png' },
    ]);
    expect(await new Response(file.body as never).text()).toBe('bytes');
    const raw = await rig.triggers.handle(call('raw', { headers: JSON_HEADERS, body: '{not json' }));
    expect(await new Response(raw.body as never).text()).toBe('{not json');
  });

  it('refuse broken JSON and broken forms', async () => {
    await rig.activate('w1', chain('Any', answering('any')));
    expect(await rig.triggers.handle(call('any', { headers: JSON_HEADERS, body: '{' }))).toMatchObject({
      status: 400,
    });
    const broken = await rig.triggers.handle(
      call('any', { headers: { 'content-type': 'multipart/form-data; boundary=x' }, body: 'nothing' }),
    );
    expect(broken.status).toBe(400);
    expect(jsonOf(broken)).toMatchObject({ code: 'INPUT_INVALID', requestId: 'r1' });
    expect(await rig.executionsOf('w1')).toEqual([]);
  });

  it('answer at once where the workflow says so', async () => {
    await rig.activate('w1', chain('Slow', webhook({ path: 'slow', responseStatus: 202 }), { type: 'hold' }));
    const reply = await rig.triggers.handle(call('slow'));
    expect(reply.status).toBe(202);
    expect(jsonOf(reply)).toEqual({ executionId: expect.any(String) as string });
    expect(await rig.executionsOf('w1')).toEqual([{ status: 'running', mode: 'webhook', version: 1 }]);
  });

  it('answer with a Respond node, before the rest of the workflow but after the execution is stored', async () => {
    const respond = { type: 'respond-to-webhook', parameters: { answer: 'text', text: 'hi', status: 203 } };
    await rig.activate('w1', chain('Short', webhook({ path: 'short', respond: 'respond-node' }), respond));
    expect(await rig.triggers.handle(call('short'))).toMatchObject({ status: 203, body: 'hi' });
    expect(await rig.executionsOf('w1')).toMatchObject([{ status: 'success' }]);
    await rig.activate(
      'w2',
      chain('Long', webhook({ path: 'long', respond: 'respond-node' }), respond, { type: 'hold' }),
    );
    const pending = rig.triggers.handle(call('long'));
    await rig.clock.advance(0);
    await rig.clock.advance(5);
    expect(await pending).toMatchObject({ status: 203, body: 'hi' });
    expect(await rig.executionsOf('w2')).toMatchObject([{ status: 'running' }]);
  });

  it('answer 500 with the reason when the workflow fails or never answers', async () => {
    await rig.activate('w1', chain('Bad', answering('bad'), { type: 'boom' }));
    const failed = await rig.triggers.handle(call('bad'));
    expect(failed.status).toBe(500);
    expect(jsonOf(failed)).toEqual({
      code: 'NODE_FAILED',
      message: 'boom',
      executionId: expect.any(String) as string,
    });
    await rig.activate(
      'w2',
      chain('Mute', webhook({ path: 'mute', respond: 'respond-node' }), { type: 'pass' }),
    );
    const mute = await rig.triggers.handle(call('mute'));
    expect(mute.status).toBe(500);
    expect(jsonOf(mute)).toMatchObject({ code: 'WEBHOOK_NO_RESPONSE' });
  });

  it('let only those in who know the secret, which stays out of the items', async () => {
    rig.credentials.set('c1', { type: 'basic-auth', data: { user: 'u', password: 'p' } });
    rig.credentials.set('c2', { type: 'header-auth', data: { name: 'X-Key', value: 'k' } });
    rig.credentials.set('c3', { type: 'bearer-auth', data: { token: 't' } });
    for (const [index, kind] of ['basic', 'header', 'bearer'].entries()) {
      const node = {
        ...answering(kind, { authentication: kind }),
        credentials: { [`${kind}-auth`]: `c${index + 1}` },
      };
      await rig.activate(`w${index}`, chain(kind, node, { type: 'pass' }));
    }
    const send = (path: string, headers: Record<string, string>) =>
      rig.triggers.handle(call(path, { headers }));
    expect(await send('basic', {})).toMatchObject({
      status: 401,
      headers: [{ name: 'www-authenticate' }, {}],
    });
    expect(await send('basic', { authorization: 'Basic dTp4' })).toMatchObject({ status: 401 });
    const allowed = [
      await send('basic', { authorization: 'basic dTpw' }),
      await send('header', { 'x-key': 'k' }),
      await send('bearer', { authorization: 'Bearer t' }),
    ];
    expect(allowed.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(allowed.map((reply) => (jsonOf(reply) as { headers: unknown }).headers)).toEqual([{}, {}, {}]);
    expect(await send('header', { 'x-key': 'K' })).toMatchObject({ status: 401 });
    rig.credentials.set('c2', { type: 'header-auth', data: { name: 'X-Key', value: 'new' } });
    await rig.triggers.refreshCredential('c2');
    expect(await send('header', { 'x-key': 'k' })).toMatchObject({ status: 401 });
    expect(await send('header', { 'x-key': 'new' })).toMatchObject({ status: 200 });
  });

  it('say what is wrong with a method or a path', async () => {
    await rig.activate('w1', chain('Get', answering('get', { methods: ['GET'] })));
    await rig.insert('w2', chain('Sleeping', answering('orders/:id')));
    const wrong = await rig.triggers.handle(call('get'));
    expect(wrong).toMatchObject({ status: 405, headers: [{ name: 'allow', value: 'GET, OPTIONS' }, {}] });
    expect(await rig.triggers.handle(call('get', { method: 'OPTIONS' }))).toMatchObject({
      status: 204,
      body: null,
    });
    expect(await rig.triggers.handle(call('get', { method: 'HEAD' }))).toMatchObject({
      status: 200,
      body: null,
    });
    expect(await rig.executionsOf('w1')).toEqual([]);
    const unknown = await rig.triggers.handle(call('nowhere', { locale: 'zh-CN' }));
    expect(unknown.status).toBe(404);
    expect(jsonOf(unknown)).toMatchObject({
      code: 'WEBHOOK_NOT_REGISTERED',
      message: expect.stringMatching(/[一-龥]/) as string,
    });
    const inactive = await rig.triggers.handle(call('orders/3'));
    expect(inactive.status).toBe(404);
    expect(jsonOf(inactive)).toMatchObject({
      code: 'WEBHOOK_WORKFLOW_INACTIVE',
      message: expect.stringContaining('"Sleeping"') as string,
    });
  });
});

describe('activation', () => {
  it('refuses a path that is taken, naming the other workflow, and changes nothing', async () => {
    await rig.activate('w1', chain('First', answering('a/:id')));
    const second = chain('Second', answering('b'), { type: 'pass' });
    second.nodes.push({ id: 'x', name: 'Other hook', ...answering('a/:key') });
    const published = await rig.publish('w2', second);
    const refused = {
      code: 'WEBHOOK_PATH_TAKEN',
      facts: { method: 'POST', workflow: 'First', node: 'Other hook' },
    };
    await expect(rig.triggers.check(published)).rejects.toMatchObject(refused);
    await expect(rig.triggers.activate(published)).rejects.toMatchObject(refused);
    expect((await rig.triggers.handle(call('b'))).status).toBe(404);
    rig.triggers.deactivate('w1');
    await rig.triggers.activate(published);
    expect((await rig.triggers.handle(call('b'))).status).toBe(200);
    expect((await rig.triggers.handle(call('a/1'))).status).toBe(200);
  });

  it('refuses two triggers of one workflow on one path', async () => {
    const document = chain('Twice', answering('same'));
    document.nodes.push({ id: 'x', name: 'Again', ...answering('same') });
    await expect(rig.activate('w1', document)).rejects.toMatchObject({
      code: 'WEBHOOK_PATH_TAKEN',
      facts: { workflow: 'Twice', node: 'Again' },
    });
  });

  it('takes the new version in place of the old one', async () => {
    await rig.activate('w1', chain('W', answering('old')));
    const stored = (await rig.storage.workflows.get('w1'))!;
    const document = {
      ...stored.document,
      nodes: [{ ...stored.document.nodes[0]!, parameters: { path: 'new', respond: 'at-end' } }],
    };
    await rig.storage.workflows.saveDraft({
      id: 'w1',
      document,
      revision: stored.revision,
      now: rig.clock.now(),
    });
    await rig.triggers.activate(await rig.storage.workflows.publish('w1', rig.clock.now()));
    expect((await rig.triggers.handle(call('old'))).status).toBe(404);
    expect((await rig.triggers.handle(call('new'))).status).toBe(200);
    expect(await rig.executionsOf('w1')).toMatchObject([{ version: 2 }]);
  });

  it('names the node whose settings do not work', async () => {
    const cases: Array<[Record<string, unknown>, object]> = [
      [
        webhook({ path: 'a b' }),
        { code: 'PARAMETER_INVALID', facts: { node: 'webhook-trigger', field: 'path' } },
      ],
      [
        webhook({ path: 'a', authentication: 'basic' }),
        { code: 'CREDENTIAL_REQUIRED', facts: { node: 'webhook-trigger' } },
      ],
      [
        webhook({ path: 'a', authentication: 'basic' }, { 'basic-auth': 'gone' }),
        { code: 'CREDENTIAL_NOT_FOUND' },
      ],
      [
        { type: 'schedule-trigger', parameters: { rules: [{ every: 'cron', expression: '99 * * * *' }] } },
        { code: 'SCHEDULE_INVALID', facts: { node: 'schedule-trigger' } },
      ],
    ];
    for (const [index, [node, error]] of cases.entries()) {
      await expect(rig.activate(`w${index}`, chain('W', node as { type: string }))).rejects.toMatchObject(
        error,
      );
    }
  });

  it('is done for all active workflows at start; those that cannot be are reported', async () => {
    await rig.publish('w1', chain('Good', answering('good')));
    await rig.publish('w2', chain('Bad', answering('good')));
    const failures = await rig.triggers.start();
    expect(failures).toMatchObject([{ error: { code: 'WEBHOOK_PATH_TAKEN' } }]);
    expect((await rig.triggers.handle(call('good'))).status).toBe(200);
  });
});

describe('listening', () => {
  const document = chain('Draft', answering('try'), { type: 'pass' }, { type: 'boom' });

  it('runs the draft with one call of its test URL', async () => {
    const stored = await rig.insert('w1', document);
    const listening = await rig.triggers.listen({
      workflowId: 'w1',
      document: stored.document,
      nodeId: 'n0',
      destinationNodeId: 'n1',
    });
    expect(listening).toEqual({
      url: 'http://127.0.0.1:5680/webhook-test/try',
      methods: ['POST'],
      expiresAt: rig.clock.now() + 120_000,
    });
    expect((await rig.triggers.handle(call('try'))).status).toBe(404);
    const reply = await rig.triggers.handle(call('try', { test: true }));
    expect(jsonOf(reply)).toMatchObject({ executionMode: 'test', webhookUrl: listening.url });
    expect(await rig.executionsOf('w1')).toEqual([{ status: 'success', mode: 'manual', version: null }]);
    expect((await rig.triggers.handle(call('try', { test: true }))).status).toBe(404);
  });

  it('ends after two minutes, and a new one takes the place of the former', async () => {
    const stored = await rig.insert('w1', document);
    const listen = () => rig.triggers.listen({ workflowId: 'w1', document: stored.document, nodeId: 'n0' });
    await listen();
    await rig.clock.advance(100_000);
    await listen();
    await rig.clock.advance(100_000);
    expect((await rig.triggers.handle(call('try', { test: true, method: 'GET' }))).status).toBe(405);
    await rig.clock.advance(20_000);
    expect((await rig.triggers.handle(call('try', { test: true }))).status).toBe(404);
  });
});

describe('schedules', () => {
  const every = (...rules: Array<Record<string, unknown>>) => ({
    type: 'schedule-trigger',
    parameters: { rules },
  });

  it('start their workflow at each slot until it is deactivated', async () => {
    await rig.activate('w1', {
      ...chain('Tick', every({ every: 'minutes', count: 10 }, { every: 'cron', expression: '5 * * * *' }), {
        type: 'pass',
      }),
      settings: { timezone: 'Asia/Shanghai' },
    });
    await rig.clock.advance(20 * 60_000);
    await rig.idle();
    expect(await rig.executionsOf('w1')).toEqual(
      Array.from({ length: 3 }, () => ({ status: 'success', mode: 'schedule', version: 1 })),
    );
    const [latest] = (await rig.storage.executions.list({ limit: 1, workflowId: 'w1' })).items;
    const [[item]] = (await rig.storage.executions.outputs({
      executionId: latest!.id,
      nodeId: 'n0',
      runIndex: 0,
    })) as [[{ json: object }]];
    expect(item.json).toMatchObject({
      timestamp: '2026-01-01T08:20:00.000+08:00',
      Timezone: 'Asia/Shanghai (UTC+08:00)',
    });
    rig.triggers.deactivate('w1');
    await rig.clock.advance(60 * 60_000);
    expect(await rig.executionsOf('w1')).toHaveLength(3);
  });

  const slotsOf = async (workflowId: string) => {
    const page = await rig.storage.executions.list({ limit: 100, workflowId });
    return page.items.map(({ startedAt }) => new Date(startedAt).toISOString().slice(11, 19)).reverse();
  };

  it('start once where rules meet, and where other processes watch too', async () => {
    await rig.activate(
      'w1',
      chain('Tick', every({ every: 'minutes', count: 5 }, { every: 'minutes', count: 10 })),
    );
    await rig.watchToo();
    await rig.watchToo();
    await rig.clock.advance(20 * 60_000);
    await rig.idle();
    expect(await slotsOf('w1')).toEqual(['00:05:00', '00:10:00', '00:15:00', '00:20:00']);
  });

  it('make up at start for what passed meanwhile, but not for what passed while inactive', async () => {
    const document = (missed: string) => {
      const node = every({ every: 'minutes', count: 10 });
      return chain('Tick', { ...node, parameters: { ...node.parameters, missed } });
    };
    for (const policy of ['skip', 'last', 'all']) await rig.activate(policy, document(policy));
    await rig.activate('off', document('all'));
    await rig.clock.advance(10 * 60_000);
    await rig.idle();
    rig.triggers.stop();
    await rig.storage.workflows.setInactive('off', rig.clock.now());
    await rig.clock.advance(35 * 60_000);
    await rig.triggers.start();
    await rig.triggers.activate(await rig.storage.workflows.publish('off', rig.clock.now()));
    await rig.clock.advance(0);
    while ((await slotsOf('all')).length < 4) await new Promise((resolve) => setImmediate(resolve));
    await rig.clock.advance(5 * 60_000);
    await rig.idle();
    expect(await slotsOf('skip')).toEqual(['00:10:00', '00:50:00']);
    expect(await slotsOf('last')).toEqual(['00:10:00', '00:45:00', '00:50:00']);
    expect(await slotsOf('all')).toEqual(['00:10:00', '00:45:00', '00:45:00', '00:45:00', '00:50:00']);
    expect(await slotsOf('off')).toEqual(['00:10:00', '00:50:00']);
    // A second start finds nothing left to do.
    rig.triggers.stop();
    await rig.triggers.start();
    await rig.clock.advance(0);
    expect(await slotsOf('all')).toHaveLength(5);
  });

  it('tell when their workflow could not be started', async () => {
    await rig.activate('w1', chain('Tick', every({ every: 'minutes', count: 10 }), { type: 'pass' }));
    await rig.executions.drain(0);
    await rig.clock.advance(10 * 60_000);
    expect(rig.failures).toMatchObject([{ name: 'Tick', error: { code: 'ENGINE_STOPPING' } }]);
  });

  it('tell their next times', async () => {
    const stored = await rig.insert(
      'w1',
      chain('Tick', every({ every: 'hours', count: 12 }, { every: 'days', hour: 0 })),
    );
    const { times, timezone } = await rig.triggers.nextFireTimes(
      stored.document,
      stored.document.nodes[0]!,
      3,
    );
    expect(timezone).toBe('UTC');
    expect(times.map((time) => new Date(time).toISOString())).toEqual([
      '2026-01-01T12:00:00.000Z',
      '2026-01-02T00:00:00.000Z',
      '2026-01-02T12:00:00.000Z',
    ]);
  });
});
