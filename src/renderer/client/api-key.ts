const STORAGE_KEY = 'guixuflow.apiKey';

/** The key a user signed in with by hand. It lives as long as the tab; the start link uses a cookie instead. */
export function readApiKey(): string | null {
  return sessionStorage.getItem(STORAGE_KEY);
}

export function storeApiKey(key: string | null): void {
  if (key === null) sessionStorage.removeItem(STORAGE_KEY);
  else sessionStorage.setItem(STORAGE_KEY, key);
}
