import type { MappedNode, NodeMapping, SourceNode } from '../mapping.ts';
import type { ParameterSource } from '../parameter-source.ts';

const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

export const scheduleTrigger: NodeMapping = {
  from: ['scheduleTrigger'],
  map: ({ parameters }) => schedule(parameters.rows('rule', 'interval').map(scheduleRule)),
};

function scheduleRule(row: ParameterSource): Record<string, unknown> {
  const field = row.text('field', 'days');
  const hour = row.take('triggerAtHour', 0);
  const minute = row.take('triggerAtMinute', 0);
  const count = (name: string, fallback: number) => row.number(`${name}Interval`, fallback);
  const days = row.take('triggerAtDay', [0]);
  const dayOfMonth = row.take('triggerAtDayOfMonth', 1);
  switch (field) {
    case 'seconds':
      return { every: 'seconds', count: count('seconds', 30) };
    case 'minutes':
      return { every: 'minutes', count: count('minutes', 5) };
    case 'hours':
      return { every: 'hours', count: count('hours', 1), minute };
    case 'weeks':
      return {
        every: 'weeks',
        count: count('weeks', 1),
        weekdays: (Array.isArray(days) ? days : [days]).map((day) => WEEKDAYS[Number(day) % 7] ?? 'sunday'),
        hour,
        minute,
      };
    case 'months':
      return { every: 'months', count: count('months', 1), dayOfMonth, hour, minute };
    case 'cronExpression':
      return { every: 'cron', expression: plainCron(row.text('expression')) };
    default:
      return { every: 'days', count: count('days', 1), hour, minute };
  }
}

/** Cron texts of old exports may be marked as expressions without being any. */
function plainCron(text: string): string {
  return text.replace(/^=/, '').trim();
}

/** The trigger before 2022. */
export const cron: NodeMapping = {
  from: ['cron'],
  map: ({ parameters }) => schedule(parameters.rows('triggerTimes', 'item').map(cronRule)),
};

function cronRule(row: ParameterSource): Record<string, unknown> {
  const hour = Number(row.take('hour', 14));
  const minute = Number(row.take('minute', 0));
  const dayOfMonth = Number(row.take('dayOfMonth', 1));
  const weekday = Number(row.take('weekday', 1));
  const value = Number(row.take('value', 2));
  const unit = row.text('unit', 'hours');
  const expression = row.text('cronExpression', '* * * * * *');
  switch (row.text('mode', 'everyDay')) {
    case 'everyMinute':
      return { every: 'minutes', count: 1 };
    case 'everyHour':
      return { every: 'hours', count: 1, minute };
    case 'everyWeek':
      return { every: 'weeks', count: 1, weekdays: [WEEKDAYS[weekday % 7] ?? 'monday'], hour, minute };
    case 'everyMonth':
      return { every: 'months', count: 1, dayOfMonth, hour, minute };
    case 'everyX':
      return unit === 'minutes'
        ? { every: 'minutes', count: value }
        : { every: 'hours', count: value, minute: 0 };
    case 'custom':
      return { every: 'cron', expression: plainCron(expression) };
    default:
      return { every: 'days', count: 1, hour, minute };
  }
}

export const interval: NodeMapping = {
  from: ['interval'],
  map(source: SourceNode) {
    const unit = source.choose('unit', { seconds: 'seconds', minutes: 'minutes', hours: 'hours' }, 'seconds');
    return schedule([{ every: unit, count: source.parameters.number('interval', 1) }]);
  },
};

function schedule(rules: ReadonlyArray<Record<string, unknown>>): MappedNode {
  return {
    type: 'schedule-trigger',
    parameters: {
      // n8n knows nothing of what passed while it did not run.
      missed: 'skip',
      rules: rules.length > 0 ? rules : [{ every: 'days', count: 1, hour: 0, minute: 0 }],
    },
  };
}
