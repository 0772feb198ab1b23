import type { Locale, WorkflowVersion } from '../../../contract/index.ts';
import { i18n } from '../../i18n/index.ts';
import type { IconName } from '../../ui/index.ts';
import './messages.ts';

/** What a version is called: its name, or else its number. */
export function versionName({ name, version }: Pick<WorkflowVersion, 'name' | 'version'>): string {
  return name || i18n.global.t('versions.number', { version });
}

export function kindOf({ kind, published }: WorkflowVersion): { text: string; icon: IconName } {
  const { t } = i18n.global;
  if (published) return { text: t('versions.published'), icon: 'success' };
  if (kind === 'published') return { text: t('versions.formerlyPublished'), icon: 'check' };
  return kind === 'named'
    ? { text: t('versions.named'), icon: 'pin' }
    : { text: t('versions.automatic'), icon: 'clock' };
}

/** Hours and minutes. */
export function timeOfDay(at: number, locale: Locale): string {
  return new Intl.DateTimeFormat(locale, { timeStyle: 'short', hourCycle: 'h23' }).format(at);
}
