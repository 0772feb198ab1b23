/** Units of time, as Luxon names them. */
export const UNITS = [
  'years',
  'quarters',
  'months',
  'weeks',
  'days',
  'hours',
  'minutes',
  'seconds',
  'milliseconds',
] as const;

export type Unit = (typeof UNITS)[number];
