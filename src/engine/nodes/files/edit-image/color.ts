import { NodeError } from '../../../node-kit/index.ts';

/** The colour as it is, once it is known to be one: `#rgb` to `#rrggbbaa`, or a name. It goes into markup. */
export function checkColor(color: string): string {
  const text = color.trim();
  if (/^(#([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})|[a-z]+)$/i.test(text)) return text;
  throw new NodeError('PARAMETER_INVALID', {
    field: 'color',
    reason: `"${text.slice(0, 40)}" is no colour; write one as #1e90ff`,
  });
}
