import { describe, expect, it } from 'vitest';
import { textFinder } from './find-text.ts';

const isIn = (text: string, json: unknown, more = {}) => {
  const finder = textFinder(text);
  const item = { json, ...more };
  const found = finder.isInItem(item);
  // The quick look may say yes too often, never no too often.
  if (found) expect(finder.mayBeIn(JSON.stringify([item]))).toBe(true);
  return found;
};

describe('textFinder', () => {
  it.each([
    ['order-17', { order: { id: 'ORDER-17 b' } }],
    ['say "hi"\n', { text: 'They say "hi"\n twice' }],
    ['订单', { 订单号: 1 }],
    ['4711', { list: [{ n: 47_110 }] }],
    ['true', { ok: true }],
    ['c:\\temp', { path: 'C:\\Temp\\a.txt' }],
  ])('finds %j', (text, json) => {
    expect(isIn(text, json)).toBe(true);
  });

  it('finds names of files, and nothing in what items are made of', () => {
    const binary = { data: { blobId: 'a'.repeat(64), mimeType: 'text/csv', fileName: 'Orders.csv' } };
    expect(isIn('orders.CSV', {}, { binary })).toBe(true);
    expect(isIn('json', { a: 1 }, { binary })).toBe(false);
    expect(isIn('blobId', { a: 1 }, { binary })).toBe(false);
    expect(isIn('null', { a: null })).toBe(false);
  });
});
