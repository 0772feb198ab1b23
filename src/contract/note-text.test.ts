import { describe, expect, it } from 'vitest';
import { noteBlocks } from './note-text.ts';

describe('noteBlocks', () => {
  it('reads headings, lists, bold, code and links', () => {
    expect(noteBlocks('## Title\n\n- one **two**\nSee [docs](https://x) and `code`')).toEqual([
      { tag: 'h3', pieces: [{ text: 'Title' }] },
      { tag: 'li', pieces: [{ text: 'one ' }, { text: 'two', strong: true }] },
      { tag: 'p', pieces: [{ text: 'See docs and ' }, { text: 'code', code: true }] },
    ]);
  });

  it('leaves markup out instead of passing it on', () => {
    expect(noteBlocks('<img src=x onerror=alert(1)>hello')).toEqual([
      { tag: 'p', pieces: [{ text: 'hello' }] },
    ]);
    expect(noteBlocks('  \n')).toEqual([]);
  });
});
