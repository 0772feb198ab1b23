import { createHash } from 'node:crypto';
import type { IcsDateObject, IcsEvent, IcsRecurrenceRule } from 'ts-ics';
import { NodeError, toMillis } from '../../../node-kit/index.ts';

export const EVENT_STATUSES = ['CONFIRMED', 'TENTATIVE', 'CANCELLED'] as const;

export interface CalendarEvent {
  title: string;
  start: string;
  /** Empty: an hour later, or the same day. */
  end: string;
  allDay: boolean;
  attendees: Array<{ name: string; email: string; mustAnswer: boolean }>;
  description?: string;
  location?: string;
  url?: string;
  status?: (typeof EVENT_STATUSES)[number];
  /** Whether the time stays free for others to book. */
  isFree?: boolean;
  /** RFC 5545, without `RRULE:`. */
  recurrenceRule?: string;
  organizerName?: string;
  organizerEmail?: string;
  latitude?: number;
  longitude?: number;
  sequence?: number;
  /** Made of title and times where empty, so that the same event has the same one. */
  uid?: string;
  calendarName?: string;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/**
 * One event as an iCalendar file (RFC 5545) with times in UTC; texts without an offset are in `zone`. Throws NodeError
 * PARAMETER_INVALID for times and rules that are none.
 */
export async function writeIcs(
  event: CalendarEvent,
  { zone, now }: { zone: string; now: number },
): Promise<string> {
  const { generateIcsCalendar } = await import('ts-ics');
  const at = (field: 'start' | 'end') => timeOf(event, field, zone);
  const start = at('start');
  const end = event.end === '' ? start + (event.allDay ? 0 : HOUR_MS) : at('end');
  if (end < start) throw invalid('end', 'it is before the start');
  const { description, location, url, status, sequence } = event;
  const entry: IcsEvent = {
    uid: event.uid || uidOf([event.title, start, end]),
    stamp: { date: new Date(now) },
    summary: event.title,
    start: dateOf(start, event.allDay),
    // The end of a day is the beginning of the next.
    end: dateOf(event.allDay ? end + DAY_MS : end, event.allDay),
    timeTransparent: event.isFree ? 'TRANSPARENT' : 'OPAQUE',
    ...(description && { description }),
    ...(location && { location }),
    ...(url && { url }),
    ...(status && { status }),
    ...(sequence !== undefined && { sequence }),
    ...(event.latitude !== undefined &&
      event.longitude !== undefined && { geo: `${event.latitude};${event.longitude}` }),
    ...(event.recurrenceRule && { recurrenceRule: await ruleOf(event.recurrenceRule) }),
    ...(event.organizerEmail && {
      organizer: { email: event.organizerEmail, ...(event.organizerName && { name: event.organizerName }) },
    }),
    attendees: event.attendees.map(({ name, email, mustAnswer }) => ({
      email,
      ...(name !== '' && { name }),
      rsvp: mustAnswer,
    })),
  };
  return generateIcsCalendar({
    version: '2.0',
    prodId: '-//GuixuFlow//Calendar event//EN',
    method: 'PUBLISH',
    ...(event.calendarName && { name: event.calendarName }),
    events: [entry],
  });
}

function timeOf(event: CalendarEvent, field: 'start' | 'end', zone: string): number {
  // Days have no zone.
  const millis = toMillis(event[field], event.allDay ? 'UTC' : zone);
  if (millis === undefined) throw invalid(field, 'it is not a date');
  return event.allDay ? millis - (millis % DAY_MS) : millis;
}

function dateOf(millis: number, allDay: boolean): IcsDateObject {
  return { date: new Date(millis), type: allDay ? 'DATE' : 'DATE-TIME' };
}

async function ruleOf(text: string): Promise<IcsRecurrenceRule> {
  const { convertIcsRecurrenceRule } = await import('ts-ics');
  const value = text.trim().replace(/^RRULE:/i, '');
  if (!/^FREQ=(SECONDLY|MINUTELY|HOURLY|DAILY|WEEKLY|MONTHLY|YEARLY)\b|;FREQ=/i.test(value))
    throw invalid('recurrenceRule', 'FREQ=DAILY, WEEKLY, MONTHLY or YEARLY is missing');
  return convertIcsRecurrenceRule(undefined, { value });
}

function uidOf(parts: readonly unknown[]): string {
  return `${createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32)}@guixuflow`;
}

function invalid(field: string, reason: string): NodeError {
  return new NodeError('PARAMETER_INVALID', { field, reason });
}
