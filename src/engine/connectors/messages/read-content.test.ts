import { describe, expect, it } from 'vitest';
import { memoryBinaryStore } from '../../node-kit/test-harness.ts';
import { readContent } from './read-content.ts';

describe('readContent', () => {
  const store = memoryBinaryStore();
  const json = Buffer.from('{"城市":"上海"}');

  it('is JSON, a text, or a file', async () => {
    expect(await readContent(json, 'auto', { topic: 't' }, store)).toEqual({
      json: { content: { 城市: '上海' }, topic: 't' },
    });
    expect((await readContent(json, 'text', {}, store)).json.content).toBe('{"城市":"上海"}');
    const { binary } = await readContent(json, 'binary', {}, store);
    expect(await store.read(binary!['data']!)).toEqual(json);
  });

  it('is a file where the bytes are no UTF-8', async () => {
    const bytes = Buffer.from([0xff, 0xfe, 0]);
    const item = await readContent(bytes, 'auto', { topic: 't' }, store);
    expect(item.json).toEqual({ topic: 't' });
    expect(item.binary!['data']).toMatchObject({ mimeType: 'application/octet-stream', size: 3 });
  });

  it('is empty where the message is', async () => {
    expect((await readContent(new Uint8Array(), 'auto', {}, store)).json.content).toBe('');
  });
});
