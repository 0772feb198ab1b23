import { defineNode, derive, MAIN_PORT, param, setPath } from '../../../node-kit/index.ts';
import { dateValue } from './date-value.ts';
import { UNITS } from './units.ts';

const PARTS = ['year', 'month', 'week', 'day', 'weekday', 'hour', 'minute', 'second'] as const;
const WITH_DATE = { operation: ['format', 'shift', 'difference', 'part', 'round'] };

export const dateTime = defineNode({
  type: 'date-time',
  version: 1,
  group: 'data',
  inputs: MAIN_PORT,
  outputs: MAIN_PORT,
  aliases: [
    'date',
    'time',
    'format',
    'timezone',
    'now',
    'duration',
    '日期',
    '时间',
    '时区',
    '格式化',
    '时间差',
  ],
  parameters: {
    operation: param.select({
      options: ['format', 'shift', 'now', 'difference', 'part', 'round'],
      default: 'format',
      expression: false,
    }),
    date: param.string({ required: true, visibleWhen: WITH_DATE }),
    endDate: param.string({ required: true, visibleWhen: { operation: ['difference'] } }),
    format: param.string({ default: 'yyyy-MM-dd', visibleWhen: { operation: ['format'] } }),
    direction: param.select({
      options: ['add', 'subtract'],
      default: 'add',
      visibleWhen: { operation: ['shift'] },
    }),
    amount: param.number({ default: 1, visibleWhen: { operation: ['shift'] } }),
    unit: param.select({ options: UNITS, default: 'days', visibleWhen: { operation: ['shift'] } }),
    units: param.multiSelect({
      options: UNITS,
      default: ['days'],
      visibleWhen: { operation: ['difference'] },
    }),
    asDuration: param.boolean({ visibleWhen: { operation: ['difference'] } }),
    part: param.select({ options: PARTS, default: 'month', visibleWhen: { operation: ['part'] } }),
    rounding: param.select({
      options: ['down', 'up'],
      default: 'down',
      visibleWhen: { operation: ['round'] },
    }),
    roundTo: param.select({ options: UNITS, default: 'months', visibleWhen: { operation: ['round'] } }),
    includeTime: param.boolean({ default: true, visibleWhen: { operation: ['now'] } }),
    field: param.string({ default: 'date', required: true }),
    keepInput: param.boolean({ default: true }),
    fromFormat: param.string({ placeholder: 'dd.MM.yyyy', visibleWhen: WITH_DATE }),
    fromZone: param.string({ placeholder: 'Asia/Shanghai', visibleWhen: WITH_DATE }),
    toZone: param.string({ placeholder: 'Asia/Shanghai' }),
    looseTextZone: param.string({ hidden: true }),
  },
  effect: 'pure',
  execute(context) {
    return context.perItem((item, index) => {
      const settings = context.parameters(index);
      const json = settings.keepInput ? { ...item.json } : {};
      setPath(json, settings.field, dateValue(settings, context.now(), context.timezone));
      return derive(json, index, 0, settings.keepInput ? item.binary : undefined);
    });
  },
});
