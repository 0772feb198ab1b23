import { defineNode, derive, MAIN_PORT, param, waitUntil } from '../../../node-kit/index.ts';
import { WAIT_UNITS, waitEnd } from './wait-end.ts';

export const wait = defineNode({
  type: 'wait',
  version: 1,
  group: 'core',
  inputs: MAIN_PORT,
  outputs: MAIN_PORT,
  aliases: ['delay', 'sleep', 'pause', 'timer', '等待', '延迟', '暂停'],
  parameters: {
    until: param.select({ options: ['interval', 'date-time'], default: 'interval' }),
    amount: param.number({ default: 1, min: 0, required: true, visibleWhen: { until: ['interval'] } }),
    unit: param.select({ options: WAIT_UNITS, default: 'seconds', visibleWhen: { until: ['interval'] } }),
    dateTime: param.string({
      required: true,
      placeholder: '2026-12-31T18:00',
      visibleWhen: { until: ['date-time'] },
    }),
  },
  effect: 'pure',
  execute(context) {
    const { items, parameters, timezone } = context;
    const now = context.now();
    const passed = items.map((item, index) => derive(item.json, index, 0, item.binary));
    const end = waitEnd(parameters(0), now, timezone);
    return end > now ? waitUntil(end, passed) : passed;
  },
});
