import { computed, readonly, ref, watchEffect } from 'vue';

export const THEME_CHOICES = ['light', 'dark', 'system'] as const;
export type ThemeChoice = (typeof THEME_CHOICES)[number];

const STORAGE_KEY = 'guixuflow.theme';
const systemDark = window.matchMedia('(prefers-color-scheme: dark)');
const systemIsDark = ref(systemDark.matches);
systemDark.addEventListener('change', (event) => (systemIsDark.value = event.matches));

const choice = ref<ThemeChoice>(readChoice());
const isDark = computed(() => choice.value === 'dark' || (choice.value === 'system' && systemIsDark.value));

watchEffect(() => document.documentElement.classList.toggle('dark', isDark.value));

function readChoice(): ThemeChoice {
  const stored = localStorage.getItem(STORAGE_KEY);
  return THEME_CHOICES.find((known) => known === stored) ?? 'system';
}

/** The user's choice of colours, remembered on this machine, and whether dark is showing now. */
export function useTheme() {
  return {
    choice: readonly(choice),
    isDark,
    setTheme(next: ThemeChoice) {
      choice.value = next;
      localStorage.setItem(STORAGE_KEY, next);
    },
  };
}
