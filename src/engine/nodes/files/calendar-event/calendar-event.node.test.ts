import { describe, expect, it } from 'vitest';
import { items, memoryBinaryStore, runNode } from '../../../node-kit/test-harness.ts';
import { calendarEvent } from './calendar-event.node.ts';

async function write(parameters: Record<string, unknown>, timezone = 'Asia/Shanghai') {
  const binary = memoryBinaryStore();
  const { ports } = await runNode(calendarEvent, {
    parameters: { title: '周会', start: '2026-03-02 09:30', ...parameters },
    items: items({ a: 1 }),
    binary,
    timezone,
  });
  const file = ports[0]?.[0]?.binary?.['data'];
  if (!file) throw new Error('no file');
  const lines = (await binary.read(file)).toString().split('\r\n');
  return { item: ports[0]?.[0], lines };
}

describe('calendar-event', () => {
  it('writes an event of an hour in the zone of the workflow', async () => {
    const { item, lines } = await write({});
    expect(item).toMatchObject({
      json: { a: 1 },
      binary: { data: { fileName: 'event.ics', mimeType: 'text/calendar' } },
      pairedItem: { item: 0 },
    });
    expect(lines).toEqual(
      expect.arrayContaining([
        'BEGIN:VCALENDAR',
        'SUMMARY:周会',
        'DTSTART;VALUE=DATE-TIME:20260302T013000Z',
        'DTEND;VALUE=DATE-TIME:20260302T023000Z',
        'DTSTAMP:20260101T000000Z',
        'END:VCALENDAR',
      ]),
    );
    const uid = (all: string[]) => all.find((line) => line.startsWith('UID:'));
    expect(uid(lines)).toBe(uid((await write({})).lines));
    expect(uid(lines)).not.toBe(uid((await write({ title: 'x' })).lines));
  });

  it('writes whole days, details and guests', async () => {
    const { lines } = await write({
      start: '2026-03-02',
      end: '2026-03-03',
      allDay: true,
      details: {
        description: 'a\nb, c; d',
        status: 'TENTATIVE',
        isFree: true,
        recurrenceRule: 'RRULE:FREQ=WEEKLY;BYDAY=MO;COUNT=3',
        organizerEmail: 'li@example.com',
        organizerName: 'Li',
        latitude: 30.5,
        longitude: 114.3,
      },
      attendees: [{ name: 'Han', email: 'han@example.com', mustAnswer: true }],
    });
    const text = lines.join('\n').replaceAll('\n ', '');
    expect(text).toContain('DTSTART;VALUE=DATE:20260302');
    expect(text).toContain('DTEND;VALUE=DATE:20260304');
    expect(text).toContain('DESCRIPTION:a\\nb\\, c\\; d');
    expect(text).toContain('STATUS:TENTATIVE');
    expect(text).toContain('TRANSP:TRANSPARENT');
    expect(text).toMatch(/RRULE:(?=.*FREQ=WEEKLY)(?=.*BYDAY=MO)(?=.*COUNT=3)/);
    expect(text).toContain('GEO:30.5;114.3');
    expect(text).toMatch(/ORGANIZER;CN="?Li"?:mailto:li@example.com/i);
    expect(text).toMatch(/ATTENDEE;.*RSVP=TRUE.*:mailto:han@example.com/i);
  });

  it('refuses times and rules that are none', async () => {
    await expect(write({ start: 'soon' })).rejects.toMatchObject({
      code: 'PARAMETER_INVALID',
      facts: { field: 'start' },
    });
    await expect(write({ end: '2026-03-01' })).rejects.toMatchObject({ facts: { field: 'end' } });
    await expect(write({ details: { recurrenceRule: 'every week' } })).rejects.toMatchObject({
      facts: { field: 'recurrenceRule' },
    });
  });
});
