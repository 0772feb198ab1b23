import { describe, expect, it } from 'vitest';
import { parseItemsText, itemsText } from './items-text.ts';

describe('pinned items as text', () => {
  it('read back as they were', () => {
    const binary = { file: { blobId: 'b', mimeType: 'text/plain', size: 1, sha256: 's' } };
    const items = [{ json: { a: 1 } }, { json: {}, binary }];
    expect(parseItemsText(itemsText(items))).toEqual({ items });
  });

  it('take one object as one item', () => {
    expect(parseItemsText('{"json": 1, "other": 2}')).toEqual({ items: [{ json: { json: 1, other: 2 } }] });
  });

  it('refuse what is no list of objects and say where', () => {
    expect(parseItemsText('[{}, 3]')).toEqual({ fault: '[1]' });
    expect(parseItemsText('[')).toHaveProperty('fault');
  });
});
