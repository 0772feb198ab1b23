import { defineTrigger, MAIN_PORT, MISSED_SLOTS, param } from '../../../node-kit/index.ts';
import { scheduleItem } from './schedule-item.ts';
import { SCHEDULE_UNITS, toSchedule, WEEKDAYS } from './schedule-rules.ts';

export const scheduleTrigger = defineTrigger({
  type: 'schedule-trigger',
  version: 1,
  outputs: MAIN_PORT,
  aliases: ['cron', 'timer', 'interval', 'time', '定时', '计划任务', '时间'],
  parameters: {
    rules: param.list({
      min: 1,
      default: [{ every: 'days', count: 1, hour: 9, minute: 0 }],
      fields: {
        every: param.select({ options: SCHEDULE_UNITS, default: 'days' }),
        count: param.number({
          default: 1,
          min: 1,
          max: 10_000,
          integer: true,
          visibleWhen: { every: ['seconds', 'minutes', 'hours', 'days', 'weeks', 'months'] },
        }),
        weekdays: param.multiSelect({
          options: WEEKDAYS,
          default: ['monday'],
          visibleWhen: { every: ['weeks'] },
        }),
        dayOfMonth: param.number({
          default: 1,
          min: 1,
          max: 31,
          integer: true,
          visibleWhen: { every: ['months'] },
        }),
        hour: param.number({
          default: 9,
          min: 0,
          max: 23,
          integer: true,
          visibleWhen: { every: ['days', 'weeks', 'months'] },
        }),
        minute: param.number({
          default: 0,
          min: 0,
          max: 59,
          integer: true,
          visibleWhen: { every: ['hours', 'days', 'weeks', 'months'] },
        }),
        expression: param.cron({ default: '0 9 * * 1-5', visibleWhen: { every: ['cron'] } }),
      },
    }),
    missed: param.select({ options: MISSED_SLOTS, default: 'last', expression: false }),
  },
  trigger: {
    kind: 'schedule',
    schedules: ({ rules }) => rules.map((rule) => toSchedule(rule)),
    missed: ({ missed }) => missed,
  },
  /** Started by hand there is no slot: the item tells the present time. */
  execute(context) {
    const slot = context.items[0]?.json.scheduledFor;
    return [scheduleItem(typeof slot === 'number' ? slot : context.now(), context.timezone)];
  },
});
