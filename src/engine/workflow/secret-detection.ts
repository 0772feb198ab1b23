/** Texts that are secrets by their form. Only well-known forms: a false alarm teaches people to look away. */
const SECRET_FORMS = [
  /\bBearer\s+[\w.~+/-]{16,}=*/i,
  /\bBasic\s+[A-Za-z0-9+/]{16,}={0,2}(?![\w+/])/,
  // OpenAI and those who copied its form, Stripe
  /\bsk-[\w-]{20,}/,
  /\b[sr]k_(?:live|test)_\w{16,}/,
  // GitHub, GitLab, Slack, AWS, Google
  /\bgh[pousr]_\w{30,}/,
  /\bgithub_pat_\w{30,}/,
  /\bglpat-[\w-]{20,}/,
  /\bxox[abeoprs]-[\w-]{20,}/,
  /\bA(?:KIA|SIA)[A-Z0-9]{16}\b/,
  /\bAIza[\w-]{35}/,
  // A JSON web token
  /\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]{8,}/,
  /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----/,
  // user:password@ in an address
  /\b[a-z][a-z0-9+.-]*:\/\/[^\s/:@{}]+:[^\s/@{}]+@/i,
];

/** Names of fields and headers whose literal value is a secret whatever it looks like. */
const SECRET_NAMES =
  /^(?:proxy-)?authorization$|^x-(?:api|auth|access)-?(?:key|token)$|^api-?key$|^(?:client-?)?secret$|^pass(?:word|wd)$|^(?:access|auth|refresh)-?token$/;
const SHORTEST_SECRET = 6;

/** Dotted paths of the values within a node's parameters that look like secrets. */
export function findSecrets(parameters: Record<string, unknown>): string[] {
  const found: string[] = [];
  visit(parameters, '', found);
  return found;
}

function visit(value: unknown, path: string, found: string[]): void {
  if (typeof value === 'string') {
    if (SECRET_FORMS.some((form) => form.test(value))) found.push(path);
    return;
  }
  if (Array.isArray(value)) {
    value.forEach((entry, index) => visit(entry, `${path}.${index}`, found));
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  const before = found.length;
  for (const [key, entry] of Object.entries(value)) visit(entry, path === '' ? key : `${path}.${key}`, found);
  // Rows of headers and fields keep name and value side by side.
  const { name, value: content } = value as { name?: unknown; value?: unknown };
  if (found.length === before && typeof name === 'string' && isSecretName(name) && isLiteral(content)) {
    found.push(path === '' ? 'value' : `${path}.value`);
  }
}

function isSecretName(name: string): boolean {
  return SECRET_NAMES.test(name.trim().toLowerCase().replaceAll('_', '-'));
}

/** An expression takes its value from elsewhere, and a short text is a placeholder. */
function isLiteral(value: unknown): boolean {
  return typeof value === 'string' && !value.startsWith('=') && value.trim().length >= SHORTEST_SECRET;
}
