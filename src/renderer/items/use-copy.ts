import { useI18n } from 'vue-i18n';
import { showToast } from '../ui/index.ts';

/** Puts a text on the clipboard and says so. */
export function useCopy(): (text: string) => Promise<void> {
  const { t } = useI18n();
  return async (text) => {
    try {
      await navigator.clipboard.writeText(text);
      showToast({ kind: 'success', title: t('common.copied') });
    } catch {
      showToast({ kind: 'error', title: t('common.copyFailed') });
    }
  };
}
