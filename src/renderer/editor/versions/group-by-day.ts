import type { Locale, WorkflowVersion } from '../../../contract/index.ts';

export interface DayGroup {
  /** "Today", "Yesterday", or the date. */
  label: string;
  versions: WorkflowVersion[];
}

interface Calendar {
  now: number;
  locale: Locale;
  today: string;
  yesterday: string;
}

/** Versions under the days they were kept on, in the order given and the time zone of this machine. */
export function groupByDay(versions: readonly WorkflowVersion[], calendar: Calendar): DayGroup[] {
  const groups: DayGroup[] = [];
  for (const version of versions) {
    const label = dayLabel(version.createdAt, calendar);
    const last = groups.at(-1);
    if (last?.label === label) last.versions.push(version);
    else groups.push({ label, versions: [version] });
  }
  return groups;
}

function dayLabel(at: number, { now, locale, today, yesterday }: Calendar): string {
  const then = new Date(at).toDateString();
  const day = new Date(now);
  if (then === day.toDateString()) return today;
  day.setDate(day.getDate() - 1);
  if (then === day.toDateString()) return yesterday;
  return new Intl.DateTimeFormat(locale, { dateStyle: 'full' }).format(at);
}
