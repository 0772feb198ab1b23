import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSpill } from './spill.ts';

describe('createSpill', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'spill-test-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const items = Array.from({ length: 2500 }, (_, id) => ({ json: { id, text: 'x'.repeat(100) } }));

  it('keeps small lists in memory', () => {
    const list = createSpill({ thresholdBytes: 10_000_000, folder }).keep(items);
    expect(list.inMemory).toBe(items);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('moves large lists to disk and reads them back the same, whole and in chunks', async () => {
    const list = createSpill({ thresholdBytes: 1000, folder }).keep(items);
    expect(list.inMemory).toBeNull();
    expect(list.length).toBe(2500);
    expect(list.read()).toEqual(items);
    const sizes: number[] = [];
    for await (const chunk of list.chunks()) sizes.push(chunk.length);
    expect(sizes).toEqual([1000, 1000, 500]);
  });

  it('fills a list some items at a time, and moves it to disk when it grows', async () => {
    const small = createSpill({ thresholdBytes: 10_000_000, folder }).open();
    small.add(items.slice(0, 10));
    small.add(items.slice(10, 20));
    expect(small.finish().inMemory).toEqual(items.slice(0, 20));
    const large = createSpill({ thresholdBytes: 1000, folder }).open();
    for (let start = 0; start < items.length; start += 500) large.add(items.slice(start, start + 500));
    const list = large.finish();
    expect(list).toMatchObject({ length: 2500, inMemory: null });
    expect(list.read()).toEqual(items);
    const sizes: number[] = [];
    for await (const chunk of list.chunks()) sizes.push(chunk.length);
    expect(sizes).toEqual([500, 500, 500, 500, 500]);
  });

  it('sees how large the items of small parts are', () => {
    const writer = createSpill({ thresholdBytes: 100_000, folder }).open();
    for (let page = 0; page < 3; page++) writer.add([{ json: { text: 'x'.repeat(50_000) } }]);
    expect(writer.finish()).toMatchObject({ length: 3, inMemory: null });
  });

  it('leaves nothing on disk after disposal', () => {
    const spill = createSpill({ thresholdBytes: 1000, folder });
    spill.keep(items);
    const [made = ''] = readdirSync(folder);
    spill.dispose();
    expect(existsSync(join(folder, made))).toBe(false);
  });
});
