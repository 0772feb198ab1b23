import { describe, expect, it } from 'vitest';
import { memoryBinaryStore } from '../../node-kit/test-harness.ts';
import { contentOf } from './content-of.ts';

describe('contentOf', () => {
  const settings = { content: 'item' as const, text: 'hello', binaryField: 'data' };
  const store = memoryBinaryStore();

  it('is the item, a text or a file', async () => {
    const item = {
      json: { n: '归墟' },
      binary: { data: await store.write(Buffer.from([1, 2]), { mimeType: 'image/png' }) },
    };
    const item1 = await contentOf(item, 0, settings, store);
    expect([item1.bytes.toString(), item1.contentType]).toEqual(['{"n":"归墟"}', 'application/json']);
    const text = await contentOf(item, 0, { ...settings, content: 'text' }, store);
    expect([text.bytes.toString(), text.contentType]).toEqual(['hello', 'text/plain']);
    const file = await contentOf(item, 0, { ...settings, content: 'binary' }, store);
    expect([[...file.bytes], file.contentType]).toEqual([[1, 2], 'image/png']);
  });

  it('names the file that is missing', async () => {
    await expect(contentOf({ json: {} }, 3, { ...settings, content: 'binary' }, store)).rejects.toMatchObject(
      {
        code: 'BINARY_MISSING',
        facts: { field: 'data', itemIndex: 3 },
      },
    );
  });
});
