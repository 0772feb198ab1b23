/** A piece of a line: bold, code or plain. Everything is drawn as text, so that a note can never bring markup along. */
export interface NotePiece {
  text: string;
  strong?: boolean;
  code?: boolean;
}

export interface NoteBlock {
  tag: 'h3' | 'h4' | 'p' | 'li';
  pieces: NotePiece[];
}

/** The little of Markdown that notes use: headings, lists, bold, code and links (shown by their text). */
export function noteBlocks(text: string): NoteBlock[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line): NoteBlock => {
      const [, marks, heading] = /^(#{1,6})\s+(.*)$/.exec(line) ?? [];
      if (marks && heading !== undefined)
        return { tag: marks.length <= 2 ? 'h3' : 'h4', pieces: piecesOf(heading) };
      const [, item] = /^(?:[-*+]|\d+[.)])\s+(.*)$/.exec(line) ?? [];
      return item === undefined
        ? { tag: 'p', pieces: piecesOf(line) }
        : { tag: 'li', pieces: piecesOf(item) };
    });
}

function piecesOf(line: string): NotePiece[] {
  const shown = line.replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1').replace(/<[^>]+>/g, '');
  return shown
    .split(/(\*\*[^*]+\*\*|__[^_]+__|`[^`]+`)/)
    .filter((text) => text !== '')
    .map((text): NotePiece => {
      if (/^(\*\*|__).+\1$/.test(text)) return { text: text.slice(2, -2), strong: true };
      if (/^`.+`$/.test(text)) return { text: text.slice(1, -1), code: true };
      return { text };
    });
}
