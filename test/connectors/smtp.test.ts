import { generateKeyPairSync, verify } from 'node:crypto';
import { decodeWords } from 'postal-mime';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OpenConnections } from '../../src/engine/connections/index.ts';
import { smtpCredential } from '../../src/engine/connectors/mail/smtp-credential.ts';
import {
  items,
  memoryBinaryStore,
  runNode,
  type RunNodeOptions,
} from '../../src/engine/node-kit/test-harness.ts';
import { sendEmail } from '../../src/engine/nodes/mail/send-email/send-email.node.ts';
import { SMTP_PASSWORD, startSmtpPeer, type SmtpPeer } from './smtp-peer.ts';
import { openConnections, tryCredential } from './connection-bench.ts';

describe('SMTP connector', () => {
  let peer: SmtpPeer;
  let connections: OpenConnections;
  let data: Record<string, string>;
  const others: SmtpPeer[] = [];

  const dataOf = ({ port, certificate }: SmtpPeer): Record<string, string> => ({
    host: '127.0.0.1',
    port: String(port),
    user: 'robot',
    password: SMTP_PASSWORD,
    security: 'starttls',
    certificate: 'verify',
    authorities: certificate,
  });
  beforeEach(async () => {
    peer = await startSmtpPeer();
    data = dataOf(peer);
    connections = openConnections();
  });
  afterEach(async () => {
    await connections.close();
    for (const one of [peer, ...others.splice(0)]) await one.stop();
  });

  const mail = { from: 'Robot <robot@example.com>', to: 'li@example.com', subject: 'Hello', text: 'Hi' };
  const send = (parameters: Record<string, unknown> = {}, options: RunNodeOptions = {}) =>
    runNode(sendEmail, {
      connections,
      credentials: { server: { type: 'smtp', data } },
      items: items({ n: 1 }),
      ...options,
      parameters: { ...mail, ...parameters },
    });
  const test = (change: Record<string, string> = {}) =>
    tryCredential(smtpCredential, { ...data, ...change }, connections);

  it('signs in, and names the cause when that fails', async () => {
    await test();
    const failure = await test({ password: 'planted-wrong-secret' }).catch(
      (error: unknown) => error as Error,
    );
    expect(failure).toMatchObject({ code: 'LOGIN_REFUSED' });
    expect(JSON.stringify([failure, (failure as Error).message])).not.toContain('planted');
    await expect(test({ port: '1' })).rejects.toMatchObject({ code: 'CONNECTION_REFUSED' });
    await expect(test({ host: 'no-such-host.invalid' })).rejects.toMatchObject({ code: 'HOST_UNKNOWN' });
  });

  it('never goes on without the TLS that was asked for', async () => {
    await expect(test({ security: 'tls' })).rejects.toMatchObject({ code: 'TLS_FAILED' });
    await expect(test({ authorities: '' })).rejects.toMatchObject({ code: 'TLS_FAILED' });
    await test({ authorities: '', certificate: 'no-check' });
    const plain = await startSmtpPeer({ disabledCommands: ['STARTTLS'], allowInsecureAuth: true });
    const secure = await startSmtpPeer({ secure: true });
    others.push(plain, secure);
    await expect(test({ port: String(plain.port) })).rejects.toMatchObject({ code: 'TLS_FAILED' });
    await test({ port: String(plain.port), security: 'off' });
    await test({ ...dataOf(secure), security: 'tls' });
  });

  it('sends text and HTML with files, streamed, images, headers and copies that nobody sees', async () => {
    const store = memoryBinaryStore();
    const bytes = Buffer.alloc(3_000_000, Buffer.from([0, 255, 13, 10, 128]));
    const item = {
      json: { n: 1 },
      binary: {
        report: await store.write(bytes, { mimeType: 'application/pdf', fileName: '报告 2026.pdf' }),
        logo: await store.write(Buffer.from('png'), { mimeType: 'image/png', fileName: 'logo.png' }),
      },
    };
    const { ports } = await send(
      {
        subject: '订单 📦 已发货',
        content: 'both',
        text: 'Grüße\n.\nzweite Zeile',
        html: '<p>你好 <img src="cid:logo@mail"></p>',
        attachments: '*',
        inlineImages: [{ field: 'logo', contentId: 'logo@mail' }],
        headers: [{ name: 'X-Order', value: 'A-1 归墟' }],
        options: {
          cc: 'c@example.com',
          bcc: 'hidden@example.com',
          replyTo: 'help@example.com',
          priority: 'high',
        },
      },
      { items: [item], binary: store },
    );
    const [got] = peer.received;
    expect(got?.to).toEqual(['li@example.com', 'c@example.com', 'hidden@example.com']);
    expect(got?.source.toString('latin1')).not.toContain('hidden@');
    expect(got?.mail).toMatchObject({
      from: { name: 'Robot', address: 'robot@example.com' },
      subject: '订单 📦 已发货',
      messageId: '<test-key-0@example.com>',
      replyTo: [{ address: 'help@example.com' }],
    });
    expect(got?.mail.text?.replaceAll('\r\n', '\n')).toContain('Grüße\n.\nzweite Zeile');
    expect(got?.mail.html).toContain('你好');
    const order = got?.mail.headers.find(({ key }) => key === 'x-order');
    expect(decodeWords(order?.value ?? '')).toBe('A-1 归墟');
    const report = got?.mail.attachments.find(({ mimeType }) => mimeType === 'application/pdf');
    expect(report?.filename).toBe('报告 2026.pdf');
    expect(Buffer.from(report?.content as ArrayBuffer).equals(bytes)).toBe(true);
    expect(got?.mail.attachments.find(({ mimeType }) => mimeType === 'image/png')).toMatchObject({
      contentId: '<logo@mail>',
      disposition: 'inline',
    });
    expect(ports[0]?.[0]?.json).toMatchObject({
      n: 1,
      email: {
        messageId: '<test-key-0@example.com>',
        accepted: ['li@example.com', 'c@example.com', 'hidden@example.com'],
        rejected: [],
      },
    });
  });

  it('tells which recipients the server refused, and fails where it took none', async () => {
    const { ports } = await send({ to: 'li@example.com, refused@example.com' });
    expect(ports[0]?.[0]?.json['email']).toMatchObject({
      accepted: ['li@example.com'],
      rejected: [
        { address: 'refused@example.com', reason: expect.stringContaining('No such mailbox') as string },
      ],
    });
    await expect(send({ to: 'refused@example.com' })).rejects.toMatchObject({
      code: 'SERVICE_REFUSED',
      facts: { itemIndex: 0, reason: expect.stringContaining('No such mailbox') as string },
    });
    const { ports: kept } = await runNode(sendEmail, {
      connections,
      credentials: { server: { type: 'smtp', data } },
      items: items({ to: 'refused@example.com' }, { to: 'b@example.com' }),
      onError: 'error-output',
      parameters: (index) => ({ ...mail, to: ['refused@example.com', 'b@example.com'][index] }),
    });
    expect(kept.map((list) => list.length)).toEqual([1, 1]);
  });

  it.each([
    ['subject', { subject: 'Hi\r\nBcc: victim@example.com' }],
    ['to', { to: 'li@example.com\nBcc: victim@example.com' }],
    ['from', { from: 'robot@example.com\r\nX-Evil: 1' }],
    ['cc', { options: { cc: 'a@example.com\r\nX-Evil: 1' } }],
    ['messageId', { options: { messageId: '<a@b>\r\nX-Evil: 1' } }],
    ['headers', { headers: [{ name: 'X-A', value: 'b\r\nBcc: victim@example.com' }] }],
    ['headers', { headers: [{ name: 'X-A: b\r\nBcc', value: 'victim@example.com' }] }],
    ['headers', { headers: [{ name: 'Bcc', value: 'victim@example.com' }] }],
    ['to', { to: 'nobody' }],
  ])('refuses what would make a header of its own: %s', async (field, parameters) => {
    await expect(send(parameters)).rejects.toMatchObject({
      code: 'PARAMETER_INVALID',
      facts: { field, itemIndex: 0 },
    });
    expect(peer.received).toEqual([]);
  });

  it('signs with DKIM', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    data['dkimDomain'] = 'example.com';
    data['dkimSelector'] = 'guixu';
    data['dkimKey'] = privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;
    await send();
    const header = peer.received[0]?.mail.headers.find(({ key }) => key === 'dkim-signature')?.value ?? '';
    const tags = Object.fromEntries(
      header.split(';').map((tag) => {
        const [name = '', ...value] = tag.trim().split('=');
        return [name, value.join('=').replaceAll(' ', '')];
      }),
    );
    expect(tags).toMatchObject({ d: 'example.com', s: 'guixu', a: 'rsa-sha256' });
    // As a receiver checks it: the headers that are named, and the signature without its value (RFC 6376, relaxed).
    const head =
      peer.received[0]?.source
        .toString('latin1')
        .split('\r\n\r\n')[0]
        ?.replace(/\r\n[ \t]+/g, ' ') ?? '';
    const lines = new Map(
      head.split('\r\n').map((line) => {
        const [, name = '', value = ''] = /^([^:]+):(.*)$/.exec(line) ?? [];
        return [name.toLowerCase(), value.replace(/[ \t]+/g, ' ').trim()];
      }),
    );
    const named = (tags['h'] ?? '').toLowerCase().split(':');
    const own = (lines.get('dkim-signature') ?? '').replace(/(\bb=)[^;]*/, '$1').trim();
    const signed = [...named.filter((name) => lines.has(name)).map((name) => `${name}:${lines.get(name)}`)];
    const text = [...signed, `dkim-signature:${own}`].join('\r\n');
    const signature = Buffer.from(tags['b'] ?? '', 'base64');
    expect(verify('sha256', Buffer.from(text, 'latin1'), publicKey, signature)).toBe(true);
  });

  it('sends many mails over few connections, in item order', async () => {
    const many = items(...Array.from({ length: 300 }, (_, n) => ({ n })));
    const { ports } = await send({}, { items: many });
    expect(peer.received).toHaveLength(300);
    expect(ports[0]?.map(({ json }) => json['n'])).toEqual(many.map(({ json }) => json['n']));
    expect(new Set(peer.received.map(({ mail: { messageId } }) => messageId)).size).toBe(300);
  });

  it('sends nothing twice where the server is gone in the middle', async () => {
    let attempts = 0;
    const cut = await startSmtpPeer({
      onData(stream) {
        attempts += 1;
        stream.resume();
        // The whole message is there; the server is gone before it says so.
        stream.on('end', () => {
          for (const connection of cut.server.connections) connection._socket.destroy();
        });
      },
    });
    others.push(cut);
    Object.assign(data, dataOf(cut));
    await expect(send()).rejects.toMatchObject({ code: 'CONNECTION_LOST' });
    expect(attempts).toBe(1);
  });

  it('stops in the middle of a file', async () => {
    const stop = new AbortController();
    const store = memoryBinaryStore();
    const reference = await store.write(Buffer.alloc(10), { mimeType: 'text/plain' });
    async function* endless() {
      for (let n = 0; ; n++) {
        if (n === 3) stop.abort(new Error('stopped by the user'));
        await new Promise(setImmediate);
        yield Buffer.alloc(65_536, 97);
      }
    }
    const sending = send(
      { attachments: 'data' },
      {
        items: [{ json: {}, binary: { data: reference } }],
        binary: { ...store, stream: endless },
        signal: stop.signal,
      },
    );
    await expect(sending).rejects.toThrow('stopped by the user');
    expect(peer.received).toEqual([]);
  });
});
