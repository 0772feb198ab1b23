import type { NodeMapping } from '../mapping.ts';

export const wait: NodeMapping = {
  from: ['wait'],
  map(source) {
    const { parameters, version } = source;
    const resume = parameters.text('resume', 'timeInterval');
    parameters.ignore('incomingAuthentication', 'options');
    if (resume === 'specificTime')
      return { type: 'wait', parameters: { until: 'date-time', dateTime: parameters.text('dateTime') } };
    if (resume !== 'timeInterval') {
      source.note('unsupported', 'NODE_VERSION_UNSUPPORTED', { type: 'wait', operation: resume });
      return null;
    }
    const units = { seconds: 'seconds', minutes: 'minutes', hours: 'hours', days: 'days' };
    return {
      type: 'wait',
      parameters: {
        until: 'interval',
        amount: parameters.number('amount', version < 1.1 ? 1 : 5),
        unit: source.choose('unit', units, version < 1.1 ? 'hours' : 'seconds'),
      },
    };
  },
};
