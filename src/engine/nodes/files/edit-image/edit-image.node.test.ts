import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { memoryBinaryStore, runNode } from '../../../node-kit/test-harness.ts';
import { editImage } from './edit-image.node.ts';

const RED = [255, 0, 0, 255];
const BLUE = [0, 0, 255, 255];
const WHITE = [255, 255, 255, 255];
const CLEAR = [0, 0, 0, 0];

/** 40 × 20, its left half red and its right half blue. */
const picture = () =>
  sharp({ create: { width: 40, height: 20, channels: 3, background: '#f00' } }).composite([
    { input: { create: { width: 20, height: 20, channels: 3, background: '#00f' } }, left: 20, top: 0 },
  ]);

async function run(parameters: Record<string, unknown>, files: Record<string, Buffer> = {}) {
  const binary = memoryBinaryStore();
  const given = { data: await picture().png().toBuffer(), ...files };
  const fields = Object.entries(given).map(
    async ([field, bytes]) =>
      [field, await binary.write(bytes, { mimeType: 'image/png', fileName: `${field}.png` })] as const,
  );
  const items = [{ json: { a: 1 }, binary: Object.fromEntries(await Promise.all(fields)) }];
  const { ports } = await runNode(editImage, { parameters, items, binary });
  const { json, binary: results } = ports[0]![0]!;
  const file = results!['data']!;
  return { json, file, fields: Object.keys(results!), bytes: await binary.read(file) };
}

/** Size and pixels of the result. */
async function edited(steps: unknown[], files?: Record<string, Buffer>) {
  const { bytes } = await run({ steps }, files);
  const { data, info } = await sharp(bytes).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  const at = (x: number, y: number) => [
    ...data.subarray((y * info.width + x) * 4, (y * info.width + x) * 4 + 4),
  ];
  return { size: [info.width, info.height], at, data };
}

describe('edit-image', () => {
  it.each([
    ['inside', 20, 20, [20, 10]],
    ['inside', 0, 40, [80, 40]],
    ['outside', 20, 20, [40, 20]],
    ['cover', 10, 10, [10, 10]],
    ['contain', 10, 10, [10, 10]],
    ['fill', 10, 10, [10, 10]],
    ['shrink', 80, 80, [40, 20]],
    ['shrink', 20, 20, [20, 10]],
    ['enlarge', 80, 80, [80, 40]],
    ['enlarge', 20, 20, [40, 20]],
    ['area', 10, 20, [20, 10]],
    ['percent', 50, 100, [20, 20]],
  ])('resizes with %s %d × %d', async (fit, width, height, size) => {
    expect((await edited([{ action: 'resize', fit, width, height }])).size).toEqual(size);
  });

  it('crops, within what is there', async () => {
    const { size, at } = await edited([{ action: 'crop', x: 15, y: 5, width: 100, height: 10 }]);
    expect([size, at(0, 0), at(24, 9)]).toEqual([[25, 10], RED, BLUE]);
    await expect(edited([{ action: 'crop', x: 50, y: 0 }])).rejects.toMatchObject({
      code: 'PARAMETER_INVALID',
    });
  });

  it('turns, flips and adds a border, in the order of the steps', async () => {
    const { size, at } = await edited([
      { action: 'flip' },
      { action: 'rotate', angle: 90 },
      { action: 'border', width: 2, height: 3, color: '#ffffff' },
    ]);
    expect([size, at(0, 0), at(10, 5), at(10, 40)]).toEqual([[24, 46], WHITE, BLUE, RED]);
    expect((await edited([{ action: 'flip', direction: 'vertical' }])).at(0, 0)).toEqual(RED);
    expect((await edited([{ action: 'rotate', angle: 45, color: '#00000000' }])).at(0, 0)).toEqual(CLEAR);
  });

  it('draws shapes and blurs', async () => {
    const box = await edited([{ action: 'draw', x: 5, y: 5, endX: 15, endY: 10, color: 'white' }]);
    expect([box.at(4, 4), box.at(6, 6), box.at(16, 6)]).toEqual([RED, WHITE, RED]);
    const circle = await edited([
      { action: 'draw', shape: 'circle', x: 10, y: 10, endX: 15, endY: 10, color: '#fff' },
    ]);
    expect([circle.at(10, 6), circle.at(5, 6)]).toEqual([WHITE, RED]);
    const line = await edited([
      { action: 'draw', shape: 'line', x: 0, y: 5.5, endX: 40, endY: 5.5, color: '#fff' },
    ]);
    expect([line.at(10, 5), line.at(10, 7)]).toEqual([WHITE, RED]);
    const blurred = (await edited([{ action: 'blur', sigma: 3 }])).at(20, 10);
    expect(blurred[0]).toBeGreaterThan(50);
    expect(blurred[2]).toBeGreaterThan(50);
  });

  it('writes text, where markup is text', async () => {
    const changed = async (text: string, more: Record<string, unknown> = {}) => {
      const { data } = await edited([{ action: 'text', text, color: '#ffffff', fontSize: 12, ...more }]);
      const green = data.filter((_, index) => index % 4 === 1);
      return green.filter((value) => value > 100).length;
    };
    expect(await changed('Hi')).toBeGreaterThan(5);
    expect(await changed('<b>&')).toBeGreaterThan(5);
    expect(await changed('你好')).toBeGreaterThan(5);
    expect(await changed('Hi', { x: -1000 })).toBe(0);
    expect(await changed(' ')).toBe(0);
    expect(await changed('i i', { lineLength: 1 })).toBeGreaterThan(0);
  });

  it('lays another image of the item over it, cut off at the edges', async () => {
    const over = await sharp({ create: { width: 30, height: 30, channels: 3, background: '#fff' } })
      .png()
      .toBuffer();
    const { size, at } = await edited([{ action: 'composite', x: -20, y: 10 }], { overlay: over });
    expect([size, at(5, 5), at(5, 15), at(15, 15)]).toEqual([[40, 20], RED, WHITE, RED]);
    const added = await edited([{ action: 'composite', x: 0, y: 0, blend: 'multiply' }], { overlay: over });
    expect(added.at(5, 5)).toEqual(RED);
    await expect(edited([{ action: 'composite' }])).rejects.toMatchObject({ code: 'FIELD_MISSING' });
  });

  it.each([
    ['jpeg', 'image/jpeg', 'data.jpg'],
    ['webp', 'image/webp', 'data.webp'],
    ['gif', 'image/gif', 'data.gif'],
    ['tiff', 'image/tiff', 'data.tiff'],
    ['avif', 'image/avif', 'data.avif'],
    ['same', 'image/png', 'data.png'],
  ])('writes %s', async (format, mimeType, fileName) => {
    const { json, file, bytes } = await run({ format, quality: 50 });
    expect([json, file.mimeType, file.fileName]).toEqual([{ a: 1 }, mimeType, fileName]);
    expect(await sharp(bytes).metadata()).toMatchObject({ width: 40, height: 20 });
  });

  it('makes a new image beside what the item has', async () => {
    const create = { operation: 'create', width: 3, height: 2, background: '#0000ff80', fileName: 'n.png' };
    const { bytes, file, fields } = await run(create, { other: Buffer.from('x') });
    const { data, info } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true });
    expect([info.width, info.height, [...data.subarray(0, 4)], file.fileName]).toEqual([
      3,
      2,
      [0, 0, 255, 128],
      'n.png',
    ]);
    expect(fields).toEqual(['data', 'other']);
  });

  it('tells about an image, and turns one as its camera was held', async () => {
    const photo = await picture().withMetadata({ orientation: 6 }).jpeg().toBuffer();
    expect((await run({ operation: 'information' }, { data: photo })).json).toMatchObject({
      format: 'jpeg',
      size: { width: 40, height: 20 },
      fileSize: photo.length,
      hasAlpha: false,
      orientation: 6,
    });
    expect((await edited([], { data: photo })).size).toEqual([20, 40]);
  });

  it('refuses what is no image or too large', async () => {
    await expect(run({}, { data: Buffer.from('text') })).rejects.toMatchObject({
      code: 'IMAGE_INVALID',
      facts: { field: 'data' },
    });
    const whole = await picture().png().toBuffer();
    await expect(run({}, { data: whole.subarray(0, whole.length - 60) })).rejects.toMatchObject({
      code: 'IMAGE_INVALID',
    });
    const huge = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="10000" height="10000"/>');
    const tooLarge = { code: 'IMAGE_TOO_LARGE', facts: { width: 10_000, height: 10_000 } };
    await expect(run({}, { data: huge })).rejects.toMatchObject(tooLarge);
    await expect(run({ operation: 'create', width: 10_000, height: 10_000 })).rejects.toMatchObject(tooLarge);
    for (const step of [
      { action: 'resize', fit: 'fill', width: 10_000, height: 10_000 },
      { action: 'resize', fit: 'outside', width: 20_000, height: 1 },
      { action: 'resize', width: 0, height: 20_000 },
      { action: 'resize', fit: 'percent', width: 1e6, height: 1e6 },
      { action: 'border', width: 5000, height: 5000 },
      { action: 'text', text: 'x'.repeat(1000), fontSize: 2000 },
    ])
      await expect(edited([step])).rejects.toMatchObject({ code: 'IMAGE_TOO_LARGE' });
    for (const color of ['"/><x', 'url(#a)', '#12'])
      await expect(edited([{ action: 'draw', color }])).rejects.toMatchObject({ code: 'PARAMETER_INVALID' });
  });
});
