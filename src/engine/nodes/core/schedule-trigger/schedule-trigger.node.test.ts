import { describe, expect, it } from 'vitest';
import { parseParameters } from '../../../node-kit/index.ts';
import { runNode } from '../../../node-kit/test-harness.ts';
import { scheduleTrigger } from './schedule-trigger.node.ts';

function declare(...rules: Array<Record<string, unknown>>) {
  if (scheduleTrigger.trigger?.kind !== 'schedule') throw new Error('not a schedule');
  return scheduleTrigger.trigger.schedules(
    parseParameters(scheduleTrigger.parameters, rules.length > 0 ? { rules } : {}),
  );
}

describe('schedule-trigger', () => {
  it('turns rules into schedules', () => {
    expect(
      declare(
        { every: 'seconds', count: 30 },
        { every: 'minutes', count: 5 },
        { every: 'hours', count: 6, minute: 15 },
        { every: 'hours', count: 5 },
        { every: 'days', count: 1, hour: 8, minute: 30 },
        { every: 'days', count: 3, hour: 8 },
        { every: 'weeks', count: 2, weekdays: ['monday', 'sunday'], hour: 7 },
        { every: 'months', count: 1, dayOfMonth: 31, hour: 0 },
        { every: 'cron', expression: '*/10 * * * * *' },
      ),
    ).toEqual([
      { kind: 'interval', everyMs: 30_000 },
      { kind: 'interval', everyMs: 300_000 },
      { kind: 'cron', expression: '15 */6 * * *' },
      { kind: 'cron', expression: '0 * * * *', every: { unit: 'hours', count: 5 } },
      { kind: 'cron', expression: '30 8 * * *' },
      { kind: 'cron', expression: '0 8 * * *', every: { unit: 'days', count: 3 } },
      { kind: 'cron', expression: '0 7 * * 1,0', every: { unit: 'weeks', count: 2 } },
      { kind: 'cron', expression: '0 0 L * *' },
      { kind: 'cron', expression: '*/10 * * * * *' },
    ]);
  });

  it('is at nine each day when nothing was chosen', () => {
    expect(declare()).toEqual([{ kind: 'cron', expression: '0 9 * * *' }]);
  });

  it('gives the slot, or the present time when started by hand, in the time zone of the workflow', async () => {
    const slot = Date.UTC(2026, 6, 1, 22, 5, 9);
    const { ports } = await runNode(scheduleTrigger, {
      items: [{ json: { scheduledFor: slot } }],
      timezone: 'Asia/Shanghai',
    });
    expect(ports[0]?.[0]?.json).toEqual({
      timestamp: '2026-07-02T06:05:09.000+08:00',
      'Readable date': 'July 2 2026, 6:05:09 AM',
      'Readable time': '6:05:09 AM',
      'Day of week': 'Thursday',
      Year: '2026',
      Month: 'July',
      'Day of month': '02',
      Hour: '06',
      Minute: '05',
      Second: '09',
      Timezone: 'Asia/Shanghai (UTC+08:00)',
    });
    const byHand = await runNode(scheduleTrigger, { items: [{ json: {} }] });
    expect(byHand.ports[0]?.[0]?.json.timestamp).toBe('2026-01-01T00:00:00.000Z');
  });
});
