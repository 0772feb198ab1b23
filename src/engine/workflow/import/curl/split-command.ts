const ANSI: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '0': '\0', a: '\x07', b: '\b' };

/**
 * The words of a command line as a shell would hand them on: of bash and its like, and of Windows where carets quote, as
 * browsers write "Copy as cURL (cmd)". Variables and substitutions are left as they are.
 */
export function splitCommand(text: string): string[] {
  const isWindows = /\^["\r\n]/.test(text);
  const plain = isWindows ? text.replace(/\^(\r?\n)?([\s\S])/g, '$2') : text.replace(/[\\`]\r?\n/g, ' ');
  const words: string[] = [];
  let word: string | null = null;
  for (let at = 0; at < plain.length;) {
    const character = plain[at] as string;
    if (/\s/.test(character)) {
      if (word !== null) words.push(word);
      word = null;
      at += 1;
      continue;
    }
    const piece = readPiece(plain, at, isWindows);
    word = (word ?? '') + piece.text;
    at = piece.end;
  }
  if (word !== null) words.push(word);
  return words;
}

interface Piece {
  text: string;
  end: number;
}

function readPiece(text: string, at: number, isWindows: boolean): Piece {
  const rest = text.slice(at);
  if (!isWindows && rest.startsWith("$'")) return readAnsi(text, at + 2);
  if (!isWindows && rest.startsWith("'")) {
    const end = text.indexOf("'", at + 1);
    const last = end < 0 ? text.length : end;
    return { text: text.slice(at + 1, last), end: last + 1 };
  }
  if (rest.startsWith('"')) return readDoubleQuoted(text, at + 1, isWindows);
  if (!isWindows && rest.startsWith('\\')) return { text: text[at + 1] ?? '', end: at + 2 };
  return { text: text[at] ?? '', end: at + 1 };
}

/** Within double quotes a backslash takes the meaning from these only. */
function readDoubleQuoted(text: string, from: number, isWindows: boolean): Piece {
  let read = '';
  for (let at = from; at < text.length; at++) {
    const character = text[at] as string;
    if (character === '"') {
      if (!isWindows || text[at + 1] !== '"') return { text: read, end: at + 1 };
      read += text[++at];
    } else if (character === '\\' && (isWindows ? /["\\]/ : /["\\$`\n]/).test(text[at + 1] ?? '')) {
      read += text[++at];
    } else read += character;
  }
  return { text: read, end: text.length };
}

/** What bash reads between `$'` and `'`. */
function readAnsi(text: string, from: number): Piece {
  let read = '';
  for (let at = from; at < text.length; at++) {
    const character = text[at] as string;
    if (character === "'") return { text: read, end: at + 1 };
    if (character !== '\\') {
      read += character;
      continue;
    }
    const code = /^(?:u([0-9a-fA-F]{1,4})|U([0-9a-fA-F]{1,8})|x([0-9a-fA-F]{1,2}))/.exec(text.slice(at + 1));
    if (code) {
      read += String.fromCodePoint(parseInt(code[1] ?? code[2] ?? code[3] ?? '0', 16));
      at += code[0].length;
    } else {
      const next = text[++at] ?? '';
      read += ANSI[next] ?? next;
    }
  }
  return { text: read, end: text.length };
}
