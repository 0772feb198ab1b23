import type { ParameterDescription } from '../../contract/index.ts';

export function isExpression(value: unknown): value is string {
  return typeof value === 'string' && value.startsWith('=');
}

/** The value as an expression: text stays text, everything else becomes the literal that gives it. */
export function toExpression(value: unknown): string {
  if (isExpression(value)) return value;
  if (value === undefined || value === null || value === '') return '=';
  return typeof value === 'string' ? `=${value}` : `={{ ${JSON.stringify(value)} }}`;
}

/** A fixed value in place of an expression: the same where it holds only a literal, else the default. */
export function toFixed(value: unknown, description: ParameterDescription): unknown {
  if (!isExpression(value)) return value;
  const text = value.slice(1);
  if (description.kind === 'string' || description.kind === 'json') return text;
  const literal = /^\s*\{\{([\s\S]*)\}\}\s*$/.exec(text)?.[1];
  try {
    return literal === undefined ? description.default : (JSON.parse(literal) as unknown);
  } catch {
    return description.default;
  }
}

/** What a parameter holds after text was dropped on it; undefined when the text is no expression. */
export function withDropped(value: unknown, dropped: string): string | undefined {
  if (!/^\s*\{\{[\s\S]*\}\}\s*$/.test(dropped)) return undefined;
  const present = isExpression(value) ? value.slice(1) : typeof value === 'string' ? value : '';
  return `=${present}${dropped.trim()}`;
}
