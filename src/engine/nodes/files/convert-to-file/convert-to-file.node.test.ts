import { describe, expect, it } from 'vitest';
import { items, runNode } from '../../../node-kit/test-harness.ts';
import { convertToFile } from './convert-to-file.node.ts';
import { writeWorkbook } from './write-workbook.task.ts';

const run = async (rows: Array<Record<string, unknown>>, parameters: Record<string, unknown>) => {
  const { ports } = await runNode(convertToFile, {
    parameters,
    items: items(...rows),
    binary: memory(),
    tasks: { 'write-workbook': writeWorkbook },
  });
  return ports[0]?.map(({ binary }) => written.get(binary?.['data']?.blobId ?? ''));
};

const written = new Map<string, { text: string; fileName: string | undefined; mimeType: string }>();

function memory() {
  return {
    async write(
      content: Uint8Array | AsyncIterable<Uint8Array>,
      about: { mimeType: string; fileName?: string },
    ) {
      const blobId = `b${written.size}`;
      const parts: Uint8Array[] = [];
      for await (const part of content instanceof Uint8Array ? [content] : content) parts.push(part);
      const bytes = Buffer.concat(parts);
      written.set(blobId, { text: bytes.toString(), fileName: about.fileName, mimeType: about.mimeType });
      return { blobId, mimeType: about.mimeType, size: bytes.length, sha256: '' };
    },
    read: () => Promise.reject(new Error('nothing to read')),
    stream: () => {
      throw new Error('nothing to read');
    },
  };
}

describe('convert-to-file', () => {
  it('writes all items into one CSV file', async () => {
    const rows = [
      { a: 'x, "y"', b: { c: 1 } },
      { a: null, d: [1] },
    ];
    expect(await run(rows, { fileName: 'r.csv' })).toEqual([
      { text: 'a,b.c,d\n"x, ""y""",1,\n,,[1]\n', fileName: 'r.csv', mimeType: 'text/csv' },
    ]);
    const [excel] = (await run([{ 名: '值' }], { byteOrderMark: true, header: false, delimiter: ';' })) ?? [];
    expect(excel?.text).toBe('\uFEFF值\n');
    expect(await run([], {})).toEqual([]);
  });

  it('writes tables, lists as columns when asked for', async () => {
    const rows = [{ a: [1, 2] }, { a: [3] }];
    const html = { format: 'html', lists: 'columns' };
    const [file] = (await run(rows, html)) ?? [];
    expect(file).toMatchObject({ fileName: 'data.html', mimeType: 'text/html' });
    expect(file?.text.replace(/<[^>]*>/g, ' ').match(/[a\d.]+/g)).toEqual(['a.0', 'a.1', '1', '2', '3']);
    expect(await run(rows, { format: 'xlsx', scope: 'each' })).toHaveLength(2);
    await expect(run([{ a: 'x'.repeat(40_000) }], { format: 'xlsx' })).rejects.toMatchObject({
      code: 'PARAMETER_INVALID',
    });
    expect(await run(rows, { lists: 'columns' })).toMatchObject([{ text: 'a.0,a.1\n1,2\n3,\n' }]);
  });

  it('writes JSON for all items or for each', async () => {
    const texts = async (parameters: Record<string, unknown>) =>
      (await run([{ n: 1 }, { n: 2 }], { format: 'json', ...parameters }))?.map((file) => file?.text);
    expect(await texts({})).toEqual(['[{"n":1},{"n":2}]']);
    expect(await texts({ scope: 'each', indented: true })).toEqual(['{\n  "n": 1\n}', '{\n  "n": 2\n}']);
  });

  it('writes texts and bytes of a field', async () => {
    expect(await run([{ v: { t: 'hi' } }], { format: 'text', field: 'v.t' })).toMatchObject([{ text: 'hi' }]);
    const png = { format: 'base64', mimeType: 'image/png', fileName: 'a.png' };
    expect(await run([{ data: 'data:x;base64,aGk=' }], png)).toEqual([
      { text: 'hi', fileName: 'a.png', mimeType: 'image/png' },
    ]);
    await expect(run([{}], { format: 'text' })).rejects.toMatchObject({ code: 'FIELD_MISSING' });
    await expect(run([{ data: '!' }], png)).rejects.toMatchObject({ code: 'PARAMETER_INVALID' });
  });
});
