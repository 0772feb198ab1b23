import mysql, { type ExecuteValues, type TypeCast } from 'mysql2';
import { exactDecimal, exactInteger, shortestSingle } from '../sql/index.ts';

/**
 * How values come out of the database: as JSON holds them, nothing rounded and nothing moved between zones. The session is in
 * UTC, so a TIMESTAMP is an instant; a DATETIME has no zone and stays as it is.
 */
export const castValue: TypeCast = (field, next) => {
  switch (field.type) {
    case 'DECIMAL':
    case 'NEWDECIMAL': {
      const text = field.string();
      return text === null ? null : exactDecimal(text);
    }
    case 'FLOAT': {
      const value = next();
      return typeof value === 'number' ? shortestSingle(value) : value;
    }
    case 'BIT': {
      const bytes = field.buffer();
      return bytes === null ? null : exactInteger(BigInt(`0x${bytes.toString('hex') || '0'}`).toString());
    }
    case 'TIMESTAMP':
    case 'DATETIME': {
      const text = field.string();
      if (text === null) return null;
      // A day that is none, which old tables hold.
      if (text.startsWith('0000-00-00')) return text;
      return field.type === 'TIMESTAMP' ? instant(text) : text.replace(' ', 'T');
    }
    default:
      return next();
  }
};

/** With milliseconds as other instants, and more digits where the column has them. */
function instant(text: string): string {
  const [moment = '', fraction = ''] = text.replace(' ', 'T').split('.');
  return `${moment}.${fraction.replace(/0+$/, '').padEnd(3, '0')}Z`;
}

/** A value as the protocol takes it. Whole numbers go as such: as floating ones LIMIT and large ids would refuse them. */
export function toParameter(value: unknown): ExecuteValues {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return mysql.TypedParameter.LONGLONG(value);
  if (typeof value === 'bigint') return mysql.TypedParameter.LONGLONG.unsigned(value);
  return (value ?? null) as ExecuteValues;
}
