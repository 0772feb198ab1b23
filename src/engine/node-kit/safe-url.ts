const SECRET_NAME = /key|token|secret|passw|sig|auth|credential|session|code/i;

/**
 * The URL as messages may show it: user and password left out, values of query parameters that look secret or are named
 * here masked.
 */
export function safeUrl(text: string, secretNames: readonly string[] = []): string {
  if (!URL.canParse(text)) return text.length > 200 ? `${text.slice(0, 200)}…` : text;
  const url = new URL(text);
  url.username = '';
  url.password = '';
  url.hash = '';
  for (const name of new Set(url.searchParams.keys())) {
    if (SECRET_NAME.test(name) || secretNames.includes(name)) url.searchParams.set(name, '***');
  }
  return url.href;
}
