import { createDeflateRaw, crc32, gunzipSync, gzipSync } from 'node:zlib';
import { buffer } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { ZipFile } from 'yazl';
import { memoryBinaryStore, runNode } from '../../../node-kit/test-harness.ts';
import { compression } from './compression.node.ts';

const binary = memoryBinaryStore();

async function run(parameters: Record<string, unknown>, files: Record<string, [string, Buffer]>) {
  const stored = await Promise.all(
    Object.entries(files).map(async ([field, [fileName, bytes]]) => {
      const reference = await binary.write(bytes, { mimeType: 'application/octet-stream', fileName });
      return [field, reference] as const;
    }),
  );
  const items = [{ json: { a: 1 }, binary: Object.fromEntries(stored) }];
  const { ports } = await runNode(compression, { parameters, items, binary });
  const [item] = ports[0] ?? [];
  expect(item?.json).toEqual({ a: 1 });
  const results = Object.entries(item?.binary ?? {}).map(
    async ([field, file]) => [field, file.fileName, await binary.read(file)] as const,
  );
  return await Promise.all(results);
}

const texts = (results: Awaited<ReturnType<typeof run>>) =>
  results.map(([field, fileName, bytes]) => [field, fileName, bytes.toString()]);

function zipOf(entries: Record<string, Buffer | string>): Promise<Buffer> {
  const archive = new ZipFile();
  for (const [name, content] of Object.entries(entries))
    if (name.endsWith('/')) archive.addEmptyDirectory(name);
    else archive.addBuffer(Buffer.from(content as string), name);
  archive.end();
  return buffer(archive.outputStream);
}

/** The archive with every place of one byte sequence taken by another of the same length. */
function replaced(archive: Buffer, from: string | Buffer, to: string | Buffer): Buffer {
  const text = archive.toString('latin1');
  const latin1 = (bytes: string | Buffer) => Buffer.from(bytes as string).toString('latin1');
  return Buffer.from(text.replaceAll(latin1(from), latin1(to)), 'latin1');
}

/** With a change to the general purpose flags of every entry, here and in the directory. */
function flagged(archive: Buffer, change: (flags: number) => number): Buffer {
  const bytes = Buffer.from(archive);
  for (const [signature, offset] of [
    [0x04034b50, 6],
    [0x02014b50, 8],
  ] as const) {
    for (let at = 0; at < bytes.length - 30; at++)
      if (bytes.readUInt32LE(at) === signature)
        bytes.writeUInt16LE(change(bytes.readUInt16LE(at + offset)), at + offset);
  }
  return bytes;
}

describe('compression', () => {
  it('packs several files into one archive and gets them back', async () => {
    const big = Buffer.alloc(300_000, '数据');
    const packed = await run(
      { operation: 'compress', fileFields: 'x, y', fileName: 'all.zip', outputField: 'z' },
      { x: ['报告.txt', Buffer.from('你好')], y: ['报告.txt', big] },
    );
    expect(packed.map(([field, fileName]) => [field, fileName])).toEqual([['z', 'all.zip']]);
    const unpacked = await run({ fileFields: 'z' }, { z: ['all.zip', packed[0]![2]] });
    expect(unpacked.map(([field, fileName, { length }]) => [field, fileName, length])).toEqual([
      ['file_0', '报告.txt', 6],
      ['file_1', '报告 (2).txt', 300_000],
    ]);
    expect(unpacked[1]![2].equals(big)).toBe(true);
  });

  it('packs each file by itself as GZIP and gets them back', async () => {
    const gzip = { operation: 'compress', format: 'gzip', fileFields: 'x,y' };
    const packed = await run(gzip, { x: ['a.txt', Buffer.from('A')], y: ['b.txt', Buffer.from('B')] });
    expect(packed.map(([field, fileName, bytes]) => [field, fileName, gunzipSync(bytes).toString()])).toEqual(
      [
        ['data0', 'a.txt.gz', 'A'],
        ['data1', 'b.txt.gz', 'B'],
      ],
    );
    const unpacked = await run({ outputPrefix: 'f' }, { data: ['a.txt.gz', packed[0]![2]] });
    expect(texts(unpacked)).toEqual([['f0', 'a.txt', 'A']]);
    const [only] = await run({ ...gzip, fileFields: 'x', fileName: 'n.gz' }, { x: ['a', Buffer.from('A')] });
    expect(only?.slice(0, 2)).toEqual(['data', 'n.gz']);
  });

  it('reads names in GBK that nothing marks as such, or in the encoding it is told', async () => {
    const gbk = Buffer.from([0xc4, 0xe3, 0xba, 0xc3]);
    const archive = flagged(await zipOf({ 'XXXX.txt': 'x' }), (flags) => flags & ~0x800);
    const named = replaced(archive, 'XXXX', gbk);
    expect(texts(await run({}, { data: ['', named] }))).toEqual([['file_0', '你好.txt', 'x']]);
    const unmarked = flagged(await zipOf({ '你好.txt': 'x' }), (flags) => flags & ~0x800);
    expect(texts(await run({}, { data: ['', unmarked] }))).toEqual([['file_0', '你好.txt', 'x']]);
    const [big5] = await run(
      { nameEncoding: 'big5' },
      { data: ['', replaced(archive, 'XXXX', Buffer.from('A741A66E', 'hex'))] },
    );
    expect(big5?.[1]).toBe('你好.txt');
  });

  it('takes names that lead out of a folder as names', async () => {
    const archive = replaced(
      await zipOf({ 'AA/AA/passwd': 'x', 'BAA/x.txt': 'y', 'dir/': '' }),
      'AA/',
      '../',
    );
    const named = replaced(archive, 'B../', 'C:\\/');
    expect(texts(await run({}, { data: ['', named] }))).toEqual([
      ['file_0', 'passwd', 'x'],
      ['file_1', 'x.txt', 'y'],
    ]);
  });

  it('refuses archives that unpack to too much', async () => {
    const zeros = Buffer.alloc(3 * 1024 ** 2);
    const archive: [string, Buffer] = ['', await zipOf({ a: zeros })];
    await expect(run({ maxSizeMb: 2 }, { data: archive })).rejects.toMatchObject({
      code: 'ARCHIVE_TOO_LARGE',
      facts: { field: 'data', limitMb: 2 },
    });
    await expect(run({ maxSizeMb: 2 }, { data: ['', gzipSync(zeros)] })).rejects.toMatchObject({
      code: 'ARCHIVE_TOO_LARGE',
    });
    const many: [string, Buffer] = ['', await zipOf({ a: '1', b: '2', c: '3' })];
    await expect(run({ maxFiles: 2 }, { data: many })).rejects.toMatchObject({
      code: 'ARCHIVE_TOO_MANY_FILES',
      facts: { limit: 2 },
    });
  });

  it('says what is wrong with an archive', async () => {
    const archive = await zipOf({ 'a.txt': 'hello' });
    const encrypted = flagged(archive, (flags) => flags | 1);
    await expect(run({}, { data: ['', encrypted] })).rejects.toMatchObject({
      code: 'ARCHIVE_ENCRYPTED',
      facts: { field: 'data', file: 'a.txt' },
    });
    const wrongSum = Buffer.alloc(4);
    wrongSum.writeUInt32LE(crc32('other'));
    const sum = Buffer.alloc(4);
    sum.writeUInt32LE(crc32('hello'));
    const deflated = await buffer(createDeflateRaw().end('hello'));
    for (const broken of [
      Buffer.from('no archive'),
      archive.subarray(0, archive.length - 30),
      replaced(archive, sum, wrongSum),
      replaced(archive, deflated, Buffer.alloc(deflated.length, 0xff)),
      gzipSync('hello').subarray(0, 15),
    ])
      await expect(run({}, { data: ['', broken] })).rejects.toMatchObject({ code: 'ARCHIVE_INVALID' });
    await expect(run({ fileFields: 'other' }, {})).rejects.toMatchObject({ code: 'FIELD_MISSING' });
  });
});
