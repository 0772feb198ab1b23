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

export interface DayGroup {
  /** "Today", "Yesterday", or the date. */
  label: string;
  versions: WorkflowVersion[];
}

/** Versions under the days they were kept on, in the order given and the time zone of this machine. */
export function groupByDay(
  versions: readonly WorkflowVersion[],
  { now, locale }: { now: number; locale: Locale },
): DayGroup[] {
  const groups: DayGroup[] = [];
  for (const version of versions) {
    const label = dayLabel(version.createdAt, now, locale);
    const last = groups.at(-1);
    if (last?.label === label) last.versions.push(version);
    else groups.push({ label, versions: [version] });
  }
  return groups;
}

function dayLabel(at: number, now: number, locale: Locale): string {
  const day = (time: Date) => time.toDateString();
  const yesterday = new Date(now);
  yesterday.setDate(yesterday.getDate() - 1);
  const then = new Date(at);
  if (day(then) === day(new Date(now))) return i18n.global.t('versions.today');
  if (day(then) === day(yesterday)) return i18n.global.t('versions.yesterday');
  return new Intl.DateTimeFormat(locale, { dateStyle: 'full' }).format(at);
}

/** Hours and minutes. */
export function timeOfDay(at: number, locale: Locale): string {
  return new Intl.DateTimeFormat(locale, { timeStyle: 'short', hourCycle: 'h23' }).format(at);
}
