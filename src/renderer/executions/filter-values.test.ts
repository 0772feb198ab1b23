import { describe, expect, it } from 'vitest';
import { dayEnd, dayStart, parseMark } from './filter-values.ts';

describe('filters of executions', () => {
  it.each([
    ['', {}],
    ['=17', {}],
    ['order', { markKey: 'order' }],
    [' order = a=b ', { markKey: 'order', markValue: 'a=b' }],
    ['order=', { markKey: 'order', markValue: '' }],
  ])('reads the mark %j', (text, expected) => {
    expect(parseMark(text)).toEqual(expected);
  });

  it('takes whole days of this machine', () => {
    expect(dayStart('2026-03-01')).toBe(new Date(2026, 2, 1).getTime());
    expect(dayEnd('2026-03-31')).toBe(new Date(2026, 3, 1).getTime() - 1);
    expect(dayStart('')).toBeUndefined();
    expect(dayEnd('2026-99-01')).toBeUndefined();
  });
});
