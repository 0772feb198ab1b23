import { TYPES } from 'tedious';
import { NodeError } from '../../node-kit/index.ts';
import { exactInteger, shortestSingle } from '../sql/index.ts';

/** What a column is said to be, as far as its values are read by it. */
export interface ColumnAbout {
  colName: string;
  type: { name: string };
  dataLength?: number | undefined;
  scale?: number | undefined;
}

/** Units of 100 ns that the driver leaves out of a Date, as a fraction of a second. */
type Moment = Date & { nanosecondsDelta?: number };

/**
 * A value as JSON holds it, nothing moved between zones. Throws PARAMETER_INVALID for a decimal number that the driver had to
 * round: silence would be worse.
 */
export function readValue(value: unknown, about: ColumnAbout): unknown {
  const { name } = about.type;
  if (value instanceof Date) return readMoment(value, name, about.scale);
  // Whole numbers of 64 bits.
  if (typeof value === 'string' && /^(?:IntN|BigInt)$/.test(name)) return exactInteger(value);
  if (typeof value !== 'number') return value;
  if (name === 'Real' || (name === 'FloatN' && about.dataLength === 4)) return shortestSingle(value);
  const scale = /^Decimal|^Numeric/.test(name) ? (about.scale ?? 0) : /Money/.test(name) ? 4 : undefined;
  if (scale !== undefined && Math.abs(value) * 10 ** scale > Number.MAX_SAFE_INTEGER)
    throw new NodeError('PARAMETER_INVALID', {
      field: 'query',
      parameter: 'query',
      reason: `the column "${about.colName}" holds a number of more digits than can be kept; a query can give it as text: convert(varchar(41), [${about.colName}])`,
    });
  return value;
}

function readMoment(moment: Moment, type: string, scale = 3): string {
  if (Number.isNaN(moment.getTime())) return '';
  const [day = '', time = ''] = moment.toISOString().slice(0, -1).split('T');
  if (type === 'Date') return day;
  const finer = Math.round((moment.nanosecondsDelta ?? 0) * 1e7);
  const [seconds = '', millis = ''] = time.split('.');
  const digits = `${millis}${String(finer).padStart(4, '0')}`;
  if (type === 'DateTimeOffset') return `${day}T${seconds}.${digits.replace(/0{1,4}$/, '')}Z`;
  // Of these two the driver tells no scale: thousandths, and whole minutes.
  const places =
    type.startsWith('DateTimeN') || type === 'DateTime' ? 3 : type === 'SmallDateTime' ? 0 : scale;
  const fraction = places > 0 ? `.${digits.slice(0, places)}` : '';
  return type === 'Time' ? `${seconds}${fraction}` : `${day}T${seconds}${fraction}`;
}

/** The type a value is bound with. Texts become what their column is on the server, without loss. */
export function typeOf(value: unknown) {
  if (typeof value === 'boolean') return TYPES.Bit;
  if (value instanceof Uint8Array) return TYPES.VarBinary;
  if (typeof value !== 'number') return TYPES.NVarChar;
  if (!Number.isSafeInteger(value)) return TYPES.Float;
  return Math.abs(value) < 2 ** 31 ? TYPES.Int : TYPES.BigInt;
}
