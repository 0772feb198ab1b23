import type { MappedNode, NodeMapping, SourceNode } from '../mapping.ts';
import { isExpression, type ParameterSource } from '../parameter-source.ts';
import { momentFormat } from './moment-format.ts';

export const dateTime: NodeMapping = {
  from: ['dateTime'],
  map: (source) => (source.version < 2 ? mapFirstVersion(source) : mapSecondVersion(source)),
};

const UNITS = {
  years: 'years',
  quarters: 'quarters',
  months: 'months',
  weeks: 'weeks',
  days: 'days',
  hours: 'hours',
  minutes: 'minutes',
  seconds: 'seconds',
  milliseconds: 'milliseconds',
} as const;

/**
 * The first version reads texts without a zone in the zone of n8n's own process, which is UTC unless someone set
 * another; with a time zone option ISO texts are in that zone.
 */
function mapFirstVersion(source: SourceNode): MappedNode {
  const { parameters } = source;
  const options = parameters.child('options');
  parameters.ignore('custom');
  const common = {
    date: parameters.text('value'),
    field: parameters.text('dataPropertyName', 'data'),
    fromFormat: translated(source, options, 'fromFormat'),
  };
  if (parameters.take('action', 'format') === 'calculate') {
    return {
      type: 'date-time',
      parameters: {
        ...common,
        operation: 'shift',
        direction: source.choose('operation', { add: 'add', subtract: 'subtract' }, 'add'),
        amount: parameters.number('duration', 0),
        unit: source.choose('timeUnit', UNITS, 'days'),
        fromZone: 'UTC',
        toZone: 'UTC',
      },
    };
  }
  const hasZone = options.has('fromTimezone') || options.has('toTimezone');
  return {
    type: 'date-time',
    parameters: {
      ...common,
      operation: 'format',
      format: translated(source, parameters, 'toFormat', 'MM/DD/YYYY'),
      fromZone: hasZone ? options.text('fromTimezone') : 'UTC',
      toZone: hasZone ? options.text('toTimezone') : 'UTC',
      looseTextZone: 'UTC',
    },
  };
}

function translated(source: SourceNode, from: ParameterSource, name: string, fallback = ''): string {
  const format = from.text(name, fallback);
  const luxon = isExpression(format) ? null : momentFormat(format);
  if (luxon !== null) return luxon;
  source.note('approximated', 'OPTION_UNSUPPORTED', { parameter: name, value: format, used: format });
  return format;
}

const OPERATIONS = {
  getCurrentDate: 'now',
  addToDate: 'shift',
  subtractFromDate: 'shift',
  formatDate: 'format',
  getTimeBetweenDates: 'difference',
  extractDate: 'part',
  roundDate: 'round',
} as const;

const RESULT_FIELDS = {
  now: 'currentDate',
  shift: 'newDate',
  format: 'formattedDate',
  difference: 'timeDifference',
  part: 'datePart',
  round: 'roundedDate',
} as const;

const ONE_UNIT = {
  ...{ year: 'years', quarter: 'quarters', month: 'months', week: 'weeks', day: 'days' },
  ...{ hour: 'hours', minute: 'minutes', second: 'seconds', millisecond: 'milliseconds' },
} as const;

function mapSecondVersion(source: SourceNode): MappedNode {
  const { parameters } = source;
  const options = parameters.child('options');
  const n8nOperation = parameters.text('operation', 'getCurrentDate');
  const operation = Object.hasOwn(OPERATIONS, n8nOperation)
    ? OPERATIONS[n8nOperation as keyof typeof OPERATIONS]
    : 'now';
  const common = {
    operation,
    field: parameters.text('outputFieldName', RESULT_FIELDS[operation]),
    keepInput: options.flag('includeInputFields'),
    // Texts without a zone are in that of n8n's process.
    fromZone: 'UTC',
  };
  return { type: 'date-time', parameters: { ...common, ...ofOperation() } };

  function ofOperation(): Record<string, unknown> {
    switch (operation) {
      case 'now':
        return { includeTime: parameters.flag('includeTime', true), toZone: options.text('timezone') };
      case 'shift':
        return {
          date: parameters.text('magnitude'),
          direction: n8nOperation === 'addToDate' ? 'add' : 'subtract',
          amount: parameters.number('duration', 0),
          unit: source.choose('timeUnit', UNITS, 'days'),
        };
      case 'format': {
        const format = parameters.text('format', 'MM/dd/yyyy');
        const custom = parameters.text('customFormat');
        return {
          date: parameters.text('date'),
          format: format === 'custom' ? custom : format,
          fromFormat: options.text('fromFormat'),
          toZone: options.flag('timezone') === true ? '' : 'UTC',
        };
      }
      case 'difference': {
        const units = parameters.take('units', ['day']);
        const names = Array.isArray(units) ? units : [units];
        return {
          date: parameters.text('startDate'),
          endDate: parameters.text('endDate'),
          units: names.map((unit) => ONE_UNIT[String(unit) as keyof typeof ONE_UNIT] ?? 'days'),
          asDuration: options.flag('isoString'),
        };
      }
      case 'part': {
        const same = { hour: 'hour', minute: 'minute', second: 'second' } as const;
        return {
          date: parameters.text('date'),
          part: source.choose(
            'part',
            { year: 'year', month: 'month', week: 'week', day: 'day', ...same },
            'month',
          ),
        };
      }
      case 'round': {
        const up = parameters.take('mode', 'roundDown') === 'roundUp';
        const unit = source.choose(up ? 'to' : 'toNearest', ONE_UNIT, 'months');
        parameters.ignore('to', 'toNearest');
        return { date: parameters.text('date'), rounding: up ? 'up' : 'down', roundTo: unit };
      }
    }
  }
}
