import { defineNode, derive, MAIN_PORT, param } from '../../../node-kit/index.ts';
import { EVENT_STATUSES, writeIcs } from './write-ics.ts';

export const calendarEvent = defineNode({
  type: 'calendar-event',
  version: 1,
  group: 'files',
  inputs: MAIN_PORT,
  outputs: MAIN_PORT,
  aliases: [
    ...['ics', 'ical', 'icalendar', 'invite', 'meeting', 'appointment', 'outlook'],
    ...['日历', '日程', '会议', '邀请', '活动'],
  ],
  parameters: {
    title: param.string({ required: true }),
    start: param.string({ required: true, placeholder: '2026-03-01 09:30' }),
    end: param.string({ placeholder: '2026-03-01 10:30' }),
    allDay: param.boolean(),
    details: param.collection({
      fields: {
        description: param.string({ multiline: true }),
        location: param.string(),
        url: param.string(),
        status: param.select({ options: EVENT_STATUSES, default: 'CONFIRMED' }),
        isFree: param.boolean(),
        recurrenceRule: param.string({ placeholder: 'FREQ=WEEKLY;BYDAY=MO;COUNT=10' }),
        organizerName: param.string(),
        organizerEmail: param.string(),
        latitude: param.number(),
        longitude: param.number(),
        sequence: param.number({ min: 0, integer: true }),
        uid: param.string(),
        calendarName: param.string(),
      },
    }),
    attendees: param.list({
      fields: {
        name: param.string(),
        email: param.string({ required: true }),
        mustAnswer: param.boolean(),
      },
    }),
    keepFields: param.boolean({ default: true }),
    fileField: param.string({ default: 'data', required: true }),
    fileName: param.string({ placeholder: 'event.ics' }),
  },
  effect: 'pure',
  execute(context) {
    return context.perItem(async (item, index) => {
      const { fileField, fileName, keepFields, details, ...event } = context.parameters(index);
      const text = await writeIcs({ ...event, ...details }, { zone: context.timezone, now: context.now() });
      const reference = await context.binary.write(Buffer.from(text), {
        mimeType: 'text/calendar',
        fileName: fileName || 'event.ics',
      });
      const json = keepFields ? { ...item.json } : {};
      return derive(json, index, 0, { ...(keepFields && item.binary), [fileField]: reference });
    });
  },
});
