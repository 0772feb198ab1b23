import { readFileSync } from 'node:fs';
import { ImapFlow } from 'imapflow';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { WorkflowDocument, type Item } from '../../src/contract/index.ts';
import type { OpenConnections } from '../../src/engine/connections/index.ts';
import { imapCredential } from '../../src/engine/connectors/mail/imap-credential.ts';
import {
  openListener,
  type OpenListener,
  type OpenListenerOptions,
} from '../../src/engine/node-kit/listen-harness.ts';
import { items, memoryBinaryStore, runNode } from '../../src/engine/node-kit/test-harness.ts';
import { emailMailbox } from '../../src/engine/nodes/mail/email-mailbox/email-mailbox.node.ts';
import { emailTrigger } from '../../src/engine/nodes/mail/email-trigger/email-trigger.node.ts';
import { startTestApp } from '../contract/test-app.ts';
import { startCuttableProxy } from './cuttable-proxy.ts';
import { openConnections, tryCredential } from './connection-bench.ts';

const url = process.env['GUIXU_TEST_IMAP_URL'];
const authority = process.env['GUIXU_TEST_IMAP_AUTHORITY'];

const mailOf = (n: number | string, more: Record<string, string> = {}) => {
  const headers = {
    From: 'Li Wei <li@example.com>',
    To: 'shop@example.com',
    Subject: `Order ${n}`,
    'Message-ID': `<order-${n}@example.com>`,
    Date: 'Fri, 02 Jan 2026 10:00:00 +0800',
    ...more,
  };
  const head = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return Buffer.from(`${head.join('\r\n')}\r\n\r\nNumber ${n}\r\n`);
};

describe.skipIf(!url)('IMAP connector', () => {
  const address = new URL(url ?? 'imap://a:b@127.0.0.1:1');
  const data: Record<string, string> = {
    host: address.hostname,
    port: address.port,
    user: address.username,
    password: address.password,
    security: 'off',
  };
  let box: string;
  let count = 0;
  let admin: ImapFlow;
  let connections: OpenConnections;
  const open: Array<{ close(): Promise<void> }> = [];

  beforeAll(async () => {
    admin = new ImapFlow({
      host: address.hostname,
      port: Number(address.port),
      secure: false,
      doSTARTTLS: false,
      auth: { user: address.username, pass: address.password },
      logger: false,
    });
    await admin.connect();
  });
  afterAll(() => admin.logout());
  beforeEach(async () => {
    box = `test-${process.pid}-${++count}`;
    await admin.mailboxCreate(box);
    connections = openConnections();
  });
  afterEach(async () => {
    for (const one of open.splice(0)) await one.close();
    await connections.close();
    await admin.mailboxClose();
    await admin.mailboxDelete(box);
  });

  const credentials = { server: { type: 'imap', data } };
  const deliver = (...sources: Buffer[]) =>
    sources.reduce<Promise<unknown>>(
      (before, source) => before.then(() => admin.append(box, source)),
      Promise.resolve(),
    );
  const listen = async (options: OpenListenerOptions = {}): Promise<OpenListener> => {
    const listener = await openListener(emailTrigger, {
      credentials,
      ...options,
      parameters: { mailbox: box, ...options.parameters },
    });
    let isClosed = false;
    const close = async () => {
      if (!isClosed) await listener.close();
      isClosed = true;
    };
    open.push({ close });
    return { ...listener, close };
  };
  const run = async (parameters: Record<string, unknown>, more: Parameters<typeof runNode>[1] = {}) =>
    (
      await runNode(emailMailbox, {
        connections,
        credentials,
        items: items({ n: 1 }),
        ...more,
        parameters: { mailbox: box, ...parameters },
      })
    ).ports[0] ?? [];
  const subjects = ({ emitted }: OpenListener) => emitted.map(({ items: [item] }) => item?.json['subject']);
  const flagsIn = async (path: string) => {
    const lock = await admin.getMailboxLock(path);
    try {
      const found = await admin.fetchAll('1:*', { flags: true });
      return found.map(({ flags }) => [...(flags ?? [])].filter((flag) => flag !== '\\Recent'));
    } finally {
      lock.release();
    }
  };

  it('signs in, and names the cause when that fails', async () => {
    const test = (change: Record<string, string> = {}) =>
      tryCredential(imapCredential, { ...data, ...change }, connections);
    await test();
    const failure = await test({ password: 'planted-wrong-secret' }).catch(
      (error: unknown) => error as Error,
    );
    expect(failure).toMatchObject({ code: 'LOGIN_REFUSED' });
    expect(JSON.stringify([failure, (failure as Error).message])).not.toContain('planted');
    await expect(test({ port: '1' })).rejects.toMatchObject({ code: 'CONNECTION_REFUSED' });
    await expect(test({ host: 'no-such-host.invalid' })).rejects.toMatchObject({ code: 'HOST_UNKNOWN' });
    await expect(test({ security: 'tls' })).rejects.toMatchObject({ code: 'TLS_FAILED' });
    await expect(test({ security: 'starttls' })).rejects.toMatchObject({ code: 'TLS_FAILED' });
    await test({ security: 'starttls', certificate: 'no-check' });
    if (authority) await test({ security: 'starttls', authorities: readFileSync(authority, 'utf8') });
  });

  it('is told of new mail at once, and takes nothing that was there before', async () => {
    await deliver(mailOf('old'));
    const listener = await listen();
    await deliver(mailOf(1), mailOf(2));
    await listener.until(2);
    await deliver(mailOf(3));
    await listener.until(3);
    expect(subjects(listener)).toEqual(['Order 1', 'Order 2', 'Order 3']);
    expect(listener.emitted[0]?.items[0]?.json).toMatchObject({
      mailbox: box,
      messageId: '<order-1@example.com>',
      from: { name: 'Li Wei', address: 'li@example.com' },
      to: [{ address: 'shop@example.com' }],
      date: '2026-01-02T02:00:00.000Z',
      text: 'Number 1\r\n',
      html: '',
      attachments: [],
      headers: { subject: 'Order 1' },
    });
    expect(await flagsIn(box)).toEqual([[], [], [], []]);
  });

  it('loses and doubles nothing over a stop in the middle, a restart and a cut connection', async () => {
    const kept = new Map<string, unknown>();
    const proxy = await startCuttableProxy(Number(address.port));
    open.push({ close: () => proxy.stop() });
    const through = {
      credentials: { server: { type: 'imap', data: { ...data, port: String(proxy.port) } } },
      kept,
    };
    const never = Promise.withResolvers<void>();
    const first = await listen({
      ...through,
      onEmit: ([item]) => (item?.json['subject'] === 'Order 2' ? never.promise : undefined),
    });
    await deliver(mailOf(1), mailOf(2));
    await first.until(1);
    await first.close();
    await deliver(mailOf(3));
    const second = await listen(through);
    await second.until(2);
    expect(subjects(second)).toEqual(['Order 2', 'Order 3']);
    proxy.cut();
    expect(await second.lost).toMatchObject({ code: 'CONNECTION_LOST' });
    await second.close();
    await deliver(mailOf(4));
    const third = await listen(through);
    await third.until(1);
    expect(subjects(third)).toEqual(['Order 4']);
    expect(
      new Set([first, second, third].flatMap(({ emitted }) => emitted.map(({ once }) => once))).size,
    ).toBe(4);
  });

  it('takes all that is unseen where it is to begin with that, each once', async () => {
    await admin.append(box, mailOf('seen'), ['\\Seen']);
    await deliver(mailOf(1), mailOf(2), mailOf(3));
    const kept = new Map<string, unknown>();
    let taken = 0;
    const options = { parameters: { start: 'unseen' }, kept };
    const first = await listen({
      ...options,
      onEmit: () => {
        if (++taken === 2) throw new Error('the workflow cannot be started');
      },
    });
    expect(await first.lost).toBeDefined();
    await first.close();
    await deliver(mailOf(4));
    const second = await listen(options);
    await second.until(3);
    expect([...subjects(first), ...subjects(second)]).toEqual(['Order 1', 'Order 2', 'Order 3', 'Order 4']);
  });

  it('knows what it took when the mailbox is made anew and its UIDs mean other messages', async () => {
    const kept = new Map<string, unknown>();
    const day = (n: number) => new Date(Date.UTC(2026, 0, n));
    await admin.append(box, mailOf('old'), [], day(1));
    const first = await listen({ kept });
    await admin.append(box, mailOf(1), [], day(2));
    await admin.append(box, mailOf(2), [], day(3));
    await first.until(2);
    await first.close();
    await expect.poll(() => JSON.stringify([...kept])).toContain('"lastUid":3');
    await admin.mailboxDelete(box);
    await admin.mailboxCreate(box);
    await admin.append(box, mailOf('new'), [], day(3));
    for (const [n, source] of [mailOf(2), mailOf(1), mailOf('old')].entries())
      await admin.append(box, source, [], day(3 - n));
    await admin.append(box, mailOf('newer'), [], day(4));
    const second = await listen({ kept });
    await second.until(2);
    expect(subjects(second)).toEqual(['Order new', 'Order newer']);
    await deliver(mailOf('last'));
    await second.until(3);
  });

  it('marks as seen, or moves, once the execution is stored', async () => {
    const seeing = await listen({ parameters: { after: 'seen' } });
    await deliver(mailOf(1));
    await expect.poll(() => flagsIn(box)).toEqual([['\\Seen']]);
    await seeing.close();
    await expect(listen({ parameters: { after: 'move', moveTo: 'no-such-box' } })).rejects.toMatchObject({
      code: 'SERVICE_REFUSED',
    });
    const target = `${box}-done`;
    await admin.mailboxCreate(target);
    const stored = Promise.withResolvers<void>();
    const moving = await listen({
      parameters: { after: 'move', moveTo: target },
      onEmit: () => stored.promise,
    });
    await deliver(mailOf(2));
    expect(await admin.status(target, { messages: true })).toMatchObject({ messages: 0 });
    stored.resolve();
    await expect
      .poll(async () => (await admin.status(target, { messages: true })) || null)
      .toMatchObject({ messages: 1 });
    await moving.close();
    await admin.mailboxDelete(target);
  });

  it('takes one mail in a test, and leaves everything as it is', async () => {
    await deliver(mailOf(1), mailOf(2));
    const kept = new Map<string, unknown>();
    const listener = await listen({ parameters: { start: 'unseen', after: 'seen' }, isTest: true, kept });
    await listener.until(1);
    await listener.close();
    expect(subjects(listener)).toEqual(['Order 1']);
    expect(kept.size).toBe(0);
    expect(await flagsIn(box)).toEqual([[], []]);
  });

  it('stores files piece by piece, leaves large ones, and reads any charset', async () => {
    const bytes = Buffer.alloc(2_500_000, Buffer.from([0, 1, 255, 13, 10]));
    const base64 = (content: Buffer) => content.toString('base64').replace(/.{76}/g, '$&\r\n');
    const source = Buffer.concat([
      Buffer.from(
        [
          'From: =?UTF-8?B?5p2O5Lyf?= <li@example.com>',
          'To: Team: a@example.com, B <b@example.com>;',
          'Subject: =?GB2312?B?ztLKx9bQzsQ=?=',
          'X-Twice: one',
          'X-Twice: two',
          'MIME-Version: 1.0',
          'Content-Type: multipart/mixed; boundary=b',
          '',
          '--b',
          'Content-Type: text/plain; charset=gb2312',
          'Content-Transfer-Encoding: 8bit',
          '',
          '',
        ].join('\r\n'),
      ),
      Buffer.from([0xce, 0xd2, 0xca, 0xc7]),
      Buffer.from('\r\n--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>bad: '),
      Buffer.from([0xff, 0xfe]),
      Buffer.from(
        [
          '</p>',
          '--b',
          'Content-Type: application/octet-stream',
          "Content-Disposition: attachment; filename*=UTF-8''..%2F%E6%8A%A5%E5%91%8A.bin",
          'Content-Transfer-Encoding: base64',
          '',
          base64(bytes),
          '--b',
          'Content-Type: image/png; name=logo.png',
          'Content-ID: <logo@mail>',
          'Content-Disposition: inline',
          'Content-Transfer-Encoding: base64',
          '',
          base64(Buffer.alloc(1_200_000)),
          '--b',
          'Content-Type: message/rfc822',
          '',
          'Subject: inner',
          '',
          'inside',
          '--b--',
          '',
        ].join('\r\n'),
      ),
    ]);
    const store = memoryBinaryStore();
    const listener = await listen({ parameters: { maxFileMb: 2.4 }, binary: store });
    await deliver(source);
    await listener.until(1);
    const item = listener.emitted[0]?.items[0] as Item;
    expect(item.json).toMatchObject({
      from: { name: '李伟', address: 'li@example.com' },
      to: [{ address: 'a@example.com' }, { name: 'B', address: 'b@example.com' }],
      subject: '我是中文',
      text: '我是',
      html: '<p>bad: \ufffd\ufffd</p>',
      headers: { 'x-twice': ['one', 'two'] },
      attachments: [
        { fileName: '报告.bin', field: 'attachment0', size: bytes.length, isInline: false },
        {
          fileName: 'logo.png',
          field: 'attachment1',
          contentId: 'logo@mail',
          isInline: true,
          size: 1_200_000,
        },
        { fileName: 'inner.eml', mimeType: 'message/rfc822', field: 'attachment2' },
      ],
    });
    expect((await store.read(item.binary!['attachment0']!)).equals(bytes)).toBe(true);
    await listener.close();
    const [small] = await run({ operation: 'search', content: 'full', maxFileMb: 2 });
    expect(Object.keys(small?.binary ?? {})).toHaveLength(2);
    expect((small?.json['attachments'] as object[])[0]).not.toHaveProperty('field');
  });

  it('reads a message that is nothing of the kind', async () => {
    const odd = [
      Buffer.from([0xff, 0x01, 0x0d, 0x0a, 0x80]),
      Buffer.from('\r\n'),
      Buffer.from('no header at all'),
    ];
    const listener = await listen();
    await deliver(...odd, mailOf(1));
    await listener.until(4);
    expect(subjects(listener).at(-1)).toBe('Order 1');
  });

  it('searches, reads, marks, moves and deletes', async () => {
    await deliver(
      mailOf(1),
      mailOf(2, { From: '王 <wang@example.com>', Subject: '=?UTF-8?B?5Y+R56Wo?=' }),
      mailOf(3),
    );
    const found = await run({ operation: 'search', conditions: { from: 'li@' }, most: 1 });
    expect(found).toMatchObject([{ json: { subject: 'Order 3' }, pairedItem: { item: 0 } }]);
    expect(found[0]?.json).not.toHaveProperty('text');
    expect(await run({ operation: 'search', conditions: { subject: '发票' } })).toMatchObject([
      { json: { uid: 2 } },
    ]);
    expect(
      await run({ operation: 'search', conditions: { messageId: '<order-1@example.com>' } }),
    ).toHaveLength(1);
    expect(await run({ operation: 'search', conditions: { since: '2099-01-01' } })).toEqual([]);
    const [message] = await run({ operation: 'read', uid: 1 });
    expect(message?.json).toMatchObject({ subject: 'Order 1', text: 'Number 1\r\n', flags: [] });
    const { uidValidity } = message?.json ?? {};
    expect(await run({ operation: 'mark', uid: 1, mark: 'flagged', uidValidity })).toMatchObject([
      { json: { n: 1, changed: true } },
    ]);
    expect(await run({ operation: 'search', state: 'flagged' })).toMatchObject([
      { json: { flags: ['\\Flagged'] } },
    ]);
    const target = `${box}-归档`;
    await admin.mailboxCreate(target);
    await run({ operation: 'move', uid: 2, moveTo: target });
    expect(await run({ operation: 'move', uid: 2, moveTo: target })).toMatchObject([
      { json: { changed: false } },
    ]);
    expect((await run({ operation: 'mailboxes' })).map(({ json }) => json['path'])).toContain(target);
    await admin.mailboxDelete(target);
    await run({ operation: 'delete', uid: 3 });
    expect((await run({ operation: 'search' })).map(({ json }) => json['uid'])).toEqual([1]);
    await expect(run({ operation: 'read', uid: 3 })).rejects.toMatchObject({
      code: 'SERVICE_REFUSED',
      facts: { itemIndex: 0, reason: expect.stringContaining('UID 3') as string },
    });
    await expect(run({ operation: 'delete', uid: 1, uidValidity: '1' })).rejects.toMatchObject({
      code: 'SERVICE_REFUSED',
    });
    await expect(run({ mailbox: 'no-such-box' })).rejects.toMatchObject({ code: 'SERVICE_REFUSED' });
    await expect(run({ operation: 'move', uid: 1, moveTo: 'no-such-box' })).rejects.toMatchObject({
      code: 'SERVICE_REFUSED',
    });
  });

  it('searches for what looks like a command of the protocol as a text', async () => {
    await deliver(mailOf(1));
    const subject = 'x"\r\nA1 DELETE INBOX\r\n';
    await run({ operation: 'search', conditions: { subject } }).catch(() => undefined);
    expect(await run({ operation: 'search' })).toHaveLength(1);
  });

  it('runs a workflow once per mail in the whole engine', async () => {
    const engine = await startTestApp();
    const { client } = engine.app;
    const { id: credentialId } = await client.credentials.create({ name: 'Mail', type: 'imap', data });
    const { id } = await client.workflows.create({
      document: WorkflowDocument.parse({
        name: 'Receive',
        nodes: [
          {
            id: 't',
            name: 'Mail',
            type: 'email-trigger',
            parameters: { mailbox: box, after: 'seen' },
            credentials: { server: credentialId },
          },
          { id: 'n', name: 'Next', type: 'no-op' },
        ],
        connections: [{ from: { node: 't' }, to: { node: 'n' } }],
      }),
    });
    await client.workflows.activate({ id });
    await deliver(...Array.from({ length: 20 }, (_, n) => mailOf(n)));
    await expect
      .poll(async () => (await client.executions.list({ workflowId: id, status: ['success'] })).total)
      .toBe(20);
    await client.workflows.deactivate({ id });
    await deliver(mailOf('between'));
    await client.workflows.activate({ id });
    await expect
      .poll(async () => (await client.executions.list({ workflowId: id, status: ['success'] })).total)
      .toBe(21);
    await engine.stop();
  });
});
