import { isExpression } from './form-value.ts';

/** A value as a text; expressions stay what they are. */
export function textOfValue(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Texts in a row; an expression when one of them is. */
export function joinTexts(texts: readonly string[], separator: string): string {
  if (!texts.some(isExpression)) return texts.join(separator);
  return `=${texts.map((text) => (isExpression(text) ? text.slice(1) : literalPart(text))).join(separator)}`;
}

/** The address with the values of its path in place, encoded now or, for expressions, when they are evaluated. */
export function urlText(server: string, path: string, values: ReadonlyMap<string, string>): string {
  const hasExpression = isExpression(server) || [...values.values()].some(isExpression);
  const filled = path.replace(/\{([^{}]+)\}/g, (written, name: string) => {
    const value = values.get(name);
    if (value === undefined) return written;
    return isExpression(value) ? encodedExpression(value.slice(1)) : encodeURIComponent(value);
  });
  const base = isExpression(server) ? server.slice(1) : server;
  return `${hasExpression ? '=' : ''}${base}${filled}`;
}

/** `{{ id }}` alone has its value encoded; text around it is taken as meant. */
function encodedExpression(text: string): string {
  const inner = /^\s*\{\{((?:(?!\}\}|\{\{)[\s\S])*)\}\}\s*$/.exec(text)?.[1];
  return inner === undefined ? text : `{{ encodeURIComponent(${inner.trim()}) }}`;
}

/** A text within an expression that must not be read as one. */
function literalPart(text: string): string {
  return text.includes('{{') ? `{{ ${JSON.stringify(text)} }}` : text;
}
