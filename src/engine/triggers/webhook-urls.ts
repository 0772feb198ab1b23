/** The address that calls of this webhook go to; `base` may or may not end in `/webhook`. */
export function webhookUrl(
  base: string,
  path: string,
  { test, kind }: { test: boolean; kind: 'webhook' | 'form' },
): string {
  const origin = base.replace(/\/+$/, '').replace(/\/webhook$/, '');
  return `${origin}/${kind}${test ? '-test' : ''}/${path}`;
}

/** A path as it is compared: decoded, without slashes at its ends. */
export function normalizePath(path: string): string {
  const trimmed = path.trim().replace(/^\/+|\/+$/g, '');
  try {
    return decodeURIComponent(trimmed);
  } catch {
    return trimmed;
  }
}
