import { NodeError } from '../../../node-kit/index.ts';

/** A calendar file (RFC 5545) as `{ version, prodId, events, todos, … }`; times are ISO 8601 in UTC. Throws FILE_INVALID. */
export async function readIcs({ text, field }: { text: string; field: string }): Promise<object> {
  const { convertIcsCalendar } = await import('ts-ics');
  try {
    const calendar = convertIcsCalendar(undefined, text);
    if (Object.keys(calendar).length === 0) throw new Error('it holds no calendar');
    return JSON.parse(JSON.stringify(calendar)) as object;
  } catch (error) {
    throw new NodeError('FILE_INVALID', { field, format: 'ICS', reason: (error as Error).message });
  }
}
