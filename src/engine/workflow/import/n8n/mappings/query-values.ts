import { isExpression } from '../parameter-source.ts';

/**
 * A query with the values in it that n8n binds to `$1`, `$2` …, as expressions: our node binds what an expression gives.
 * A query whose values are not known before it runs stays as it is, and asks for them as `$1`.
 */
export function withValues(query: string, replacement: unknown): string {
  const values = valuesOf(replacement);
  if (values.length === 0) return query;
  const text = isExpression(query) ? query.slice(1) : query;
  const filled = text.replace(/\$(\d+)/g, (place, number: string) => {
    const value = values[Number(number) - 1];
    return value === undefined ? place : `{{ ${value} }}`;
  });
  return `=${filled}`;
}

/** Each value as JavaScript. */
function valuesOf(replacement: unknown): string[] {
  if (typeof replacement !== 'string' || replacement === '') return [];
  const text = isExpression(replacement) ? replacement.slice(1) : replacement;
  // A single list: its entries are reached by their places.
  const list = /^\{\{([^]*)\}\}$/.exec(text.trim())?.[1]?.trim();
  if (list?.startsWith('[')) return Array.from({ length: 20 }, (_, index) => `(${list})[${index}]`);
  return splitOutsideBraces(text).map((part) => {
    const inner = /^\{\{([^]*)\}\}$/.exec(part)?.[1]?.trim();
    return inner ?? JSON.stringify(part);
  });
}

function splitOutsideBraces(text: string): string[] {
  const parts = [''];
  for (const piece of text.split(/(\{\{[^]*?\}\})/)) {
    if (piece.startsWith('{{')) {
      parts[parts.length - 1] += piece;
      continue;
    }
    const [first = '', ...rest] = piece.split(',');
    parts[parts.length - 1] += first;
    parts.push(...rest);
  }
  return parts.map((part) => part.trim());
}
