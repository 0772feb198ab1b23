import { describe, expect, it } from 'vitest';
import { findBlobs } from './blob-ids.ts';

const id = (digit: string) => digit.repeat(64);
const reference = (digit: string, size: number) => ({
  blobId: id(digit),
  mimeType: 'text/plain',
  fileName: 'a {"b".txt',
  size,
  sha256: id(digit),
});

describe('findBlobs', () => {
  it('finds each file once, wherever its reference is', () => {
    const text = JSON.stringify([
      { json: { copy: reference('b', 7) }, binary: { data: reference('a', 5) } },
      { json: { text: JSON.stringify({ nested: reference('c', 9) }) }, binary: { data: reference('a', 5) } },
    ]);
    expect(findBlobs(text)).toEqual([
      { blobId: id('b'), size: 7 },
      { blobId: id('a'), size: 5 },
      { blobId: id('c'), size: 9 },
    ]);
  });

  it('finds nothing in what is no reference', () => {
    expect(findBlobs('[{"json":{"blobId":"no"}}]')).toEqual([]);
    expect(findBlobs(`{"sha256":"${id('a')}"}`)).toEqual([]);
  });
});
