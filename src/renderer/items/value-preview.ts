export type ValueKind = 'string' | 'number' | 'boolean' | 'null' | 'missing' | 'array' | 'object';

export function valueKind(value: unknown): ValueKind {
  if (value === undefined) return 'missing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  const type = typeof value;
  return type === 'string' || type === 'number' || type === 'boolean' ? type : 'object';
}

/** Number of entries of an array or fields of an object; 0 for everything else. */
export function valueSize(value: unknown): number {
  if (Array.isArray(value)) return value.length;
  return typeof value === 'object' && value !== null ? Object.keys(value).length : 0;
}

export interface Preview {
  text: string;
  /** The text is only the beginning. */
  isCut: boolean;
}

/** One line that tells what a value is, at most `limit` characters long. */
export function previewValue(value: unknown, limit: number): Preview {
  const kind = valueKind(value);
  if (kind === 'missing') return { text: '', isCut: false };
  if (kind === 'string') return cut((value as string).slice(0, limit + 1).replaceAll(/\s+/g, ' '), limit);
  if (kind === 'array' || kind === 'object') return cut(outline(value as object, limit), limit);
  return { text: String(value), isCut: false };
}

function cut(text: string, limit: number): Preview {
  return text.length > limit ? { text: `${text.slice(0, limit)}…`, isCut: true } : { text, isCut: false };
}

/** Compact JSON, written and looked at no further than it will be shown: a cell may hold megabytes. */
function outline(value: object, limit: number): string {
  if (!Array.isArray(value)) {
    let text = '{';
    for (const [key, entry] of Object.entries(value)) {
      text += `${text === '{' ? '' : ', '}${key}: ${outlineEntry(entry, limit - text.length)}`;
      if (text.length > limit) return text;
    }
    return `${text}}`;
  }
  let text = '[';
  // Not `entries()` of the whole: that would build a list as long as the value first.
  for (let index = 0; index < value.length && text.length <= limit; index += 1) {
    text += (index === 0 ? '' : ', ') + outlineEntry(value[index], limit - text.length);
  }
  return `${text}]`;
}

function outlineEntry(value: unknown, limit: number): string {
  return typeof value === 'object' && value !== null ? outline(value, limit) : scalar(value, limit);
}

function scalar(value: unknown, limit: number): string {
  return typeof value === 'string' ? JSON.stringify(value.slice(0, Math.max(limit, 0) + 1)) : String(value);
}
