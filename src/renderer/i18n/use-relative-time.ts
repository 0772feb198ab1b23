import { onScopeDispose, ref } from 'vue';
import type { Locale } from '../../contract/index.ts';
import { formatRelativeTime } from './format.ts';

const REFRESH_MS = 15_000;

/** Says how long ago a time was, and keeps saying it right while the scope lives. */
export function useRelativeTime(): (at: number, locale: Locale) => string {
  const now = ref(Date.now());
  const timer = setInterval(() => (now.value = Date.now()), REFRESH_MS);
  onScopeDispose(() => clearInterval(timer));
  // A thing may start after the last tick: it must not seem to lie in the future.
  return (at, locale) => formatRelativeTime(at, Math.max(now.value, at), locale);
}
