import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { momentFormat } from './moment-format.ts';

const date = DateTime.fromISO('2024-03-05T07:08:09.123', { zone: 'Asia/Shanghai' });

describe('momentFormat', () => {
  // What Moment gives for the same moment, by its documentation of each token.
  it.each([
    ['YYYY-MM-DD HH:mm:ss', '2024-03-05 07:08:09'],
    ['MMMM DD YYYY', 'March 05 2024'],
    ['ddd, D MMM YY', 'Tue, 5 Mar 24'],
    ['YYYY-MM-DDTHH:mm:ss.SSSZ', '2024-03-05T07:08:09.123+08:00'],
    ['h:mm A [at] Z', '7:08 AM at +08:00'],
    ['[Week] W, [day] DDD', 'Week 10, day 65'],
    ['X', '1709593689'],
    ['x', '1709593689123'],
    ['L', '03/05/2024'],
    ['YYYY年M月D日', '2024年3月5日'],
  ])('translates %s', (format, expected) => {
    expect(date.toFormat(momentFormat(format) ?? '')).toBe(expected);
  });

  it('admits what it cannot translate', () => {
    expect(momentFormat('Do MMMM')).toBeNull();
    expect(momentFormat('d')).toBeNull();
  });
});
