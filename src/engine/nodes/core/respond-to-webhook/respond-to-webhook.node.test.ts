import { describe, expect, it } from 'vitest';
import { items, memoryBinaryStore, runNode } from '../../../node-kit/test-harness.ts';
import { respondToWebhook } from './respond-to-webhook.node.ts';

async function answer(parameters: Record<string, unknown>, input = items({ a: 1 }, { a: 2 })) {
  const { responses } = await runNode(respondToWebhook, { parameters, items: input });
  return responses[0];
}

describe('respond-to-webhook', () => {
  it('answers with items, JSON, text or nothing', async () => {
    expect(await answer({})).toEqual({ status: 200, headers: [], body: { kind: 'json', value: { a: 1 } } });
    expect(await answer({ answer: 'all-items', status: 201 })).toMatchObject({
      status: 201,
      body: { value: [{ a: 1 }, { a: 2 }] },
    });
    expect(await answer({ answer: 'json', json: '{"ok": true}' })).toMatchObject({
      body: { kind: 'json', value: { ok: true } },
    });
    expect(
      await answer({ answer: 'text', text: '<p>', headers: [{ name: 'Content-Type', value: 'text/html' }] }),
    ).toEqual({
      status: 200,
      headers: [{ name: 'Content-Type', value: 'text/html' }],
      body: { kind: 'text', text: '<p>' },
    });
    expect(await answer({ answer: 'none', status: 204 })).toMatchObject({
      status: 204,
      body: { kind: 'none' },
    });
  });

  it('redirects', async () => {
    expect(
      await answer({ answer: 'redirect', location: 'https://x.test/你 好?a=%20', redirectStatus: 307 }),
    ).toEqual({
      status: 307,
      headers: [{ name: 'Location', value: 'https://x.test/%E4%BD%A0%20%E5%A5%BD?a=%20' }],
      body: { kind: 'none' },
    });
  });

  it('answers with a binary field and says which ones there are when it is missing', async () => {
    const file = await memoryBinaryStore().write(Buffer.from('x'), { mimeType: 'text/csv' });
    const input = [{ json: {}, binary: { file } }];
    expect(await answer({ answer: 'binary', binaryField: 'file' }, input)).toMatchObject({
      body: { kind: 'binary', reference: file },
    });
    await expect(answer({ answer: 'binary' }, input)).rejects.toMatchObject({
      code: 'BINARY_MISSING',
      facts: { field: 'data', available: ['file'] },
    });
  });

  it('refuses headers that cannot be sent', async () => {
    await expect(answer({ headers: [{ name: 'X-A', value: 'a\r\nb' }] })).rejects.toMatchObject({
      code: 'PARAMETER_INVALID',
    });
  });

  it('passes its items on, and only warns when nobody waits', async () => {
    const { ports, logs } = await runNode(respondToWebhook, {
      items: items({ a: 1 }, { a: 2 }),
      respond: () => false,
    });
    expect(ports[0]).toEqual([
      { json: { a: 1 }, pairedItem: { item: 0 } },
      { json: { a: 2 }, pairedItem: { item: 1 } },
    ]);
    expect(logs).toMatchObject([{ level: 'warn' }]);
  });
});
