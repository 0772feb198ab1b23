/**
 * What typed text stands for in a field of a type: a number, a truth value, a list or object where the text is one,
 * and the text itself while it is not (yet).
 */
export function readTyped(text: string, type: string): unknown {
  const trimmed = text.trim();
  if (type === 'number')
    return trimmed !== '' && String(Number(trimmed)) === trimmed ? Number(trimmed) : text;
  if (type === 'boolean') return trimmed === 'true' ? true : trimmed === 'false' ? false : text;
  return text;
}
