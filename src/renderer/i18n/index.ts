import { computed, type WritableComputedRef } from 'vue';
import { createI18n } from 'vue-i18n';
import { LOCALES, pickLocale, type Locale } from '../../contract/index.ts';
import { en } from './locales/en.ts';
import { zhCN } from './locales/zh-CN.ts';

export { formatBytes, formatDuration, formatTime, formatZonedTime } from './format.ts';
export { useRelativeTime } from './use-relative-time.ts';

const STORAGE_KEY = 'guixuflow.locale';

function initialLocale(): Locale {
  const stored = localStorage.getItem(STORAGE_KEY);
  return LOCALES.find((known) => known === stored) ?? pickLocale(navigator.language);
}

export const i18n = createI18n({
  legacy: false,
  locale: initialLocale() as Locale,
  fallbackLocale: 'en',
  messages: { en, 'zh-CN': zhCN } as Record<Locale, typeof en>,
});
document.documentElement.lang = i18n.global.locale.value;

/** The language of the window; setting it changes every text at once and is remembered on this machine. */
export const locale: WritableComputedRef<Locale> = computed({
  get: () => i18n.global.locale.value,
  set: (next) => {
    i18n.global.locale.value = next;
    localStorage.setItem(STORAGE_KEY, next);
    document.documentElement.lang = next;
  },
});

interface MessageTree {
  [key: string]: string | MessageTree;
}

/** Adds the texts of a lazily loaded part of the window, under keys of its own. */
export function addMessages(messages: Record<Locale, MessageTree>): void {
  for (const known of LOCALES) i18n.global.mergeLocaleMessage(known, messages[known]);
}
