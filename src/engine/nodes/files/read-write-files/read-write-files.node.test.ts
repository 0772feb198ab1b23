import { mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLocalFiles } from '../../../files/index.ts';
import { memoryBinaryStore, runNode } from '../../../node-kit/test-harness.ts';
import { readWriteFiles } from './read-write-files.node.ts';

let folder: string;
beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'guixuflow-files-')));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function run(parameters: Record<string, unknown>, content?: string, signal?: AbortSignal) {
  const binary = memoryBinaryStore();
  const given = await binary.write(Buffer.from(content ?? ''), { mimeType: 'text/plain' });
  const files = createLocalFiles({ folders: [folder], own: join(folder, 'files'), closed: [] });
  const items = [{ json: { a: 1 }, ...(content !== undefined && { binary: { data: given } }) }];
  const { ports } = await runNode(readWriteFiles, {
    parameters,
    items,
    binary,
    files,
    ...(signal && { signal }),
  });
  return await Promise.all(
    ports[0]!.map(async ({ json, binary: fields }) => ({
      json,
      texts: await Promise.all(
        Object.values(fields ?? {}).map(async (file) => String(await binary.read(file))),
      ),
      fields,
    })),
  );
}

describe('read-write-files', () => {
  it('writes, appends and reads a file', async () => {
    const path = join(folder, '报告.csv');
    const [written] = await run({ operation: 'write', path }, 'a,b\n');
    expect(written).toMatchObject({ json: { a: 1, fileName: path, path }, texts: ['a,b\n'] });
    await run({ operation: 'append', path: '报告.csv' }, '1,2\n');
    expect(await readFile(path, 'utf8')).toBe('a,b\n1,2\n');
    const [read] = await run({ path: '报告.csv' });
    expect(read).toMatchObject({
      json: {
        path,
        directory: folder,
        fileName: '报告.csv',
        fileExtension: 'csv',
        mimeType: 'text/csv',
        fileSize: 8,
      },
      texts: ['a,b\n1,2\n'],
      fields: { data: { fileName: '报告.csv', mimeType: 'text/csv', size: 8 } },
    });
  });

  it('reads all files of a pattern, keeping the input where asked to', async () => {
    await writeFile(join(folder, 'b.txt'), 'B');
    await writeFile(join(folder, 'a.txt'), 'A');
    const options = { fileName: 'x.json', mimeType: 'application/x' };
    const found = await run({ path: '*.txt', keep: true, fileField: 'file', options }, 'input');
    expect(found.map(({ json, texts }) => [json, texts])).toEqual([
      [{ a: 1 }, ['input', 'A']],
      [{ a: 1 }, ['input', 'B']],
    ]);
    expect(found[0]?.fields?.['file']).toMatchObject({ fileName: 'x.json', mimeType: 'application/x' });
    expect(await run({ path: '*.csv' })).toEqual([]);
  });

  it('says what is wrong', async () => {
    await expect(run({ path: 'none.txt' })).rejects.toMatchObject({
      code: 'FILE_NOT_FOUND',
      facts: { itemIndex: 0 },
    });
    await expect(run({ path: '../x' })).rejects.toMatchObject({
      code: 'FILE_FORBIDDEN',
      facts: { folders: folder },
    });
    await expect(run({ operation: 'write', path: 'x' })).rejects.toMatchObject({ code: 'FIELD_MISSING' });
  });

  it('ends with the execution', async () => {
    await writeFile(join(folder, 'a.txt'), 'A');
    const signal = AbortSignal.abort(new Error('stopped'));
    await expect(run({ path: 'a.txt' }, undefined, signal)).rejects.toThrow('stopped');
  });

  it('may repeat what can be repeated', () => {
    const effect = readWriteFiles.effect as (parameters: unknown) => string;
    const effects = ['read', 'write', 'append'].map((operation) => effect({ operation }));
    expect(effects).toEqual(['read', 'keyed', 'unsafe']);
  });
});
