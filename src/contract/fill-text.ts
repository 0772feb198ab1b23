/**
 * A text with its facts filled in: `{name}` stands for `facts.name`. A fact that is missing is left out rather than
 * shown as a gap name.
 */
export function fillText(text: string, facts: Record<string, unknown>): string {
  return text.replace(/\{(\w+)\}/g, (_gap, name: string) => formatFact(facts[name])).trim();
}

function formatFact(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (Array.isArray(value)) return value.map(formatFact).join(', ');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
