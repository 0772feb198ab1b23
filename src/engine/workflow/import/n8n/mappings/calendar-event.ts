import type { MappedNode, NodeMapping, SourceNode } from '../mapping.ts';
import { isExpression } from '../parameter-source.ts';

const STATUSES = { CONFIRMED: 'CONFIRMED', TENTATIVE: 'TENTATIVE', CANCELLED: 'CANCELLED' };

/** An event as a file, which n8n has as a node of its own and as an operation of another. */
export function calendarEvent(source: SourceNode): MappedNode {
  const { parameters } = source;
  parameters.ignore('operation');
  const more = parameters.child('additionalFields');
  const organizer = more.child('organizerUi').child('organizerValues');
  const place = more.child('geolocationUi').child('geolocationValues');
  // Times without an offset are in the zone of the workflow.
  more.ignore('useWorkflowTimezone');
  const details = {
    description: more.text('description'),
    location: more.text('location'),
    url: more.text('url'),
    recurrenceRule: more.text('recurrenceRule'),
    uid: more.text('uid'),
    calendarName: more.text('calName'),
    organizerName: organizer.text('name'),
    organizerEmail: organizer.text('email'),
    status: more.has('status') ? source.choose<string>('status', STATUSES, '', more) : '',
    sequence: more.has('sequence') ? more.number('sequence', 0) : '',
    latitude: place.has('lat') ? numberOf(place.text('lat')) : '',
    longitude: place.has('lon') ? numberOf(place.text('lon')) : '',
  };
  source.choose('busyStatus', { BUSY: true }, true, more);
  return {
    type: 'calendar-event',
    parameters: {
      title: parameters.text('title'),
      start: parameters.text('start'),
      end: parameters.text('end'),
      allDay: parameters.flag('allDay'),
      details: Object.fromEntries(Object.entries(details).filter(([, value]) => value !== '')),
      attendees: more.rows('attendeesUi', 'attendeeValues').map((row) => ({
        name: row.text('name'),
        email: row.text('email'),
        mustAnswer: row.flag('rsvp'),
      })),
      fileField: parameters.text('binaryPropertyName', 'data'),
      fileName: more.text('fileName', 'event.ics'),
      keepFields: false,
    },
  };
}

export const iCal: NodeMapping = { from: ['iCal'], map: calendarEvent };

function numberOf(text: string): number | string {
  return isExpression(text) ? text : Number(text);
}
