import pg from 'pg';
import { exactDecimal, exactInteger } from '../sql/index.ts';

const { builtins } = pg.types;
type Parse = (text: string) => unknown;

const asText: Parse = (text) => text;

const PARSERS = new Map<number, Parse>([
  [builtins.INT8, exactInteger],
  [builtins.NUMERIC, exactDecimal],
  // A day or a time without a zone is no instant: as a Date it would move with the zone of this process.
  [builtins.DATE, asText],
  [builtins.TIMESTAMP, (text) => text.replace(' ', 'T')],
  [builtins.TIMESTAMPTZ, (text) => toInstant(text)],
]);

function toInstant(text: string): string {
  const date = new Date(text.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00'));
  // `infinity` and years that JavaScript does not reach.
  return Number.isNaN(date.getTime()) ? text : date.toISOString();
}

/** How values come out of the database: as JSON holds them, nothing rounded and nothing moved between zones. */
export const postgresTypes: pg.CustomTypesConfig = {
  getTypeParser(id, format) {
    const own = format === 'binary' ? undefined : PARSERS.get(id as number);
    return own ?? (pg.types.getTypeParser(id, format) as Parse);
  },
};
