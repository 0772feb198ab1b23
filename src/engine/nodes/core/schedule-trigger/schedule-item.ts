import { DateTime } from 'luxon';
import type { Item } from '../../../../contract/index.ts';

/** The item of one slot: the time as a stamp and in readable parts, on the clocks of that zone. Keys are n8n's. */
export function scheduleItem(at: number, timezone: string): Item {
  const time = DateTime.fromMillis(at, { zone: timezone, locale: 'en' });
  return {
    json: {
      timestamp: time.toISO(),
      'Readable date': time.toFormat('MMMM d yyyy, h:mm:ss a'),
      'Readable time': time.toFormat('h:mm:ss a'),
      'Day of week': time.toFormat('cccc'),
      Year: time.toFormat('yyyy'),
      Month: time.toFormat('MMMM'),
      'Day of month': time.toFormat('dd'),
      Hour: time.toFormat('HH'),
      Minute: time.toFormat('mm'),
      Second: time.toFormat('ss'),
      Timezone: `${timezone} (UTC${time.toFormat('ZZ')})`,
    },
  };
}
