import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { call, chain, createRig, jsonOf, webhook } from './test-rig.ts';

let rig: Awaited<ReturnType<typeof createRig>>;
beforeEach(async () => {
  rig = await createRig();
  const answering = (path: string, more = {}) => webhook({ path, respond: 'at-end', ...more });
  await rig.activate('w1', chain('Any', answering('any'), { type: 'pass' }));
  await rig.activate('w2', chain('Raw', answering('raw', { rawBody: true }), { type: 'pass' }));
});
afterEach(() => rig.close());

/** Names of everything in the blob store, finished or not. */
function stored(): string[] {
  const folder = join(rig.folder, 'blobs');
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name);
}

const send = (path: string, type: string, body: string | Readable, length?: number) =>
  rig.triggers.handle({
    ...call(path, {
      headers: { 'content-type': type, ...(length !== undefined && { 'content-length': String(length) }) },
    }),
    body: typeof body === 'string' ? Readable.from([Buffer.from(body)]) : body,
  });

/** A form that breaks off in its second file. */
async function* halfAForm() {
  yield Buffer.from('--b\r\nContent-Disposition: form-data; name="one"; filename="1.txt"\r\n\r\nfirst\r\n');
  yield Buffer.from('--b\r\nContent-Disposition: form-data; name="two"; filename="2.txt"\r\n\r\nsec');
  await Promise.resolve();
  throw new Error('connection lost');
}

describe('bodies of webhook calls', () => {
  it('go to disk where they are files, and beyond what memory may take', async () => {
    const large = 'x'.repeat(5000);
    expect((await send('raw', 'application/json', large)).status).toBe(200);
    expect((await send('any', 'application/octet-stream', large)).status).toBe(200);
    const form = new FormData();
    form.append('note', 'n');
    form.append('file', new Blob([`${large}y`]), '简历.txt');
    const encoded = new Response(form);
    const reply = await send(
      'any',
      encoded.headers.get('content-type') ?? '',
      Readable.fromWeb(encoded.body as never),
    );
    expect(jsonOf(reply)).toMatchObject({ body: { note: 'n' } });
    expect(stored()).toHaveLength(2);
  });

  it('are refused beyond the limit of their kind, and nothing stays', async () => {
    for (const [path, type, size] of [
      ['any', 'application/json', 1001],
      ['any', 'text/plain', 1001],
      ['any', 'image/png', 100_001],
      ['raw', 'text/plain', 100_001],
    ] as const) {
      const reply = await send(path, type, 'x'.repeat(size));
      expect([reply.status, jsonOf(reply)]).toMatchObject([413, { code: 'BODY_TOO_LARGE' }]);
    }
    const texts = new Response(formOf({ a: 'x'.repeat(600), b: 'x'.repeat(600) }));
    const type = texts.headers.get('content-type') ?? '';
    expect((await send('any', type, Readable.fromWeb(texts.body as never))).status).toBe(413);
    expect(stored()).toEqual([]);
    expect(await rig.executionsOf('w1')).toEqual([]);
  });

  it('are refused by the length they announce, before they are read', async () => {
    const untouched = new Readable({
      read() {
        throw new Error('nobody reads this');
      },
    });
    expect((await send('raw', 'image/png', untouched, 100_001)).status).toBe(413);
  });

  it('leave nothing when they break off', async () => {
    const broken = () =>
      Readable.from(
        (async function* () {
          yield Buffer.from('begin');
          await Promise.resolve();
          throw new Error('connection lost');
        })(),
      );
    for (const [path, type, body] of [
      ['any', 'multipart/form-data; boundary=b', Readable.from(halfAForm())],
      ['any', 'application/json', broken()],
      ['raw', 'image/png', broken()],
    ] as const)
      expect(jsonOf(await send(path, type, body))).toMatchObject({ code: 'INPUT_INVALID' });
    const cut = '--b\r\nContent-Disposition: form-data; name="one"; filename="1.txt"\r\n\r\nfirst';
    expect((await send('any', 'multipart/form-data; boundary=b', cut)).status).toBe(400);
    expect(stored()).toEqual([]);
  });
});

function formOf(fields: Record<string, string>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  return form;
}
