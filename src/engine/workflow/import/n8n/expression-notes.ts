import type { ImportCode } from '../../../../contract/index.ts';

/** Names an n8n expression may use that mean nothing here. */
const MISSING = ['$secrets', '$evaluateExpression', '$getCredentials', '$agentInfo'] as const;

/** What has to be looked at in the expressions among these parameters; each note once per parameter. */
export function expressionNotes(
  parameters: Readonly<Record<string, unknown>>,
): Array<{ code: ImportCode; facts: { parameter: string; name?: string } }> {
  const notes: ReturnType<typeof expressionNotes> = [];
  walk(parameters, '', (text, parameter) => {
    for (const name of MISSING) {
      if (uses(text, name)) notes.push({ code: 'EXPRESSION_UNSUPPORTED', facts: { parameter, name } });
    }
    if (uses(text, '$parameter')) notes.push({ code: 'PARAMETER_REFERENCE', facts: { parameter } });
  });
  return notes;
}

function uses(text: string, name: string): boolean {
  let at = text.indexOf(name);
  for (; at >= 0; at = text.indexOf(name, at + 1)) {
    if (!/[\w$]/.test(text[at + name.length] ?? '') && !/[\w$.]/.test(text[at - 1] ?? '')) return true;
  }
  return false;
}

function walk(value: unknown, path: string, visit: (text: string, path: string) => void): void {
  if (typeof value === 'string') {
    if (value.startsWith('=')) visit(value, path);
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, entry] of Object.entries(value))
      walk(entry, path === '' ? key : `${path}.${key}`, visit);
  }
}
