/** Around a character's code: ASCII, as the library reads RTF byte by byte, and in no text that people write. */
const OPEN = '\u0001';
const CLOSE = '\u0002';
const HIDDEN = new RegExp(`${OPEN}([0-9a-f]+)${CLOSE}`, 'g');
const hidden = (text: string) =>
  text.replace(/[^]/g, (unit) => `${OPEN}${unit.charCodeAt(0).toString(16)}${CLOSE}`);

/** `\uN` with what stands for it in other programs, bytes of the code page, and what has a meaning in RTF itself. */
const ESCAPED = /\\u(-?\d+) ?(?:\\'[0-9a-f]{2}|\?)?|((?:\\'[0-9a-f]{2})+)|\\([\\{}])/gi;

/**
 * The library drops all that RTF writes in an escaped way; hidden like this it comes through to the cells. Texts that
 * are no RTF stay as they are.
 */
export function hideRtfCharacters(text: string): string {
  if (!text.startsWith('{\\rtf')) return text;
  const decoder = decoderOf(/\\ansicpg(\d+)/.exec(text)?.[1] ?? '1252');
  return text.replace(ESCAPED, (_, unit?: string, bytes?: string, character?: string) => {
    if (unit !== undefined) return hidden(String.fromCharCode(Number(unit) & 0xffff));
    if (bytes !== undefined) return hidden(decoder.decode(Buffer.from(bytes.replaceAll("\\'", ''), 'hex')));
    return hidden(character ?? '');
  });
}

export function showRtfCharacters(cell: string): string {
  return cell.replace(HIDDEN, (_, code: string) => String.fromCharCode(parseInt(code, 16)));
}

/** Windows names its code pages by numbers. */
function decoderOf(codePage: string): InstanceType<typeof TextDecoder> {
  const names: Readonly<Record<string, string>> = {
    936: 'gb18030',
    950: 'big5',
    932: 'shift_jis',
    949: 'euc-kr',
  };
  try {
    return new TextDecoder(names[codePage] ?? `windows-${codePage}`);
  } catch {
    return new TextDecoder('windows-1252');
  }
}
