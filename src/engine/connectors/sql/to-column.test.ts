import { describe, expect, it } from 'vitest';
import { toColumn } from './to-column.ts';

describe('toColumn', () => {
  it('writes JSON as JSON, lists as arrays where the column is one, and else as text', () => {
    expect(toColumn({ a: 1 }, 'json')).toBe('{"a":1}');
    expect(toColumn('{"a":1}', 'json')).toBe('{"a":1}');
    expect(toColumn('plain', 'json')).toBe('"plain"');
    expect(toColumn([1, 2], 'array')).toEqual([1, 2]);
    expect(toColumn([1, 2], 'other')).toBe('[1,2]');
    expect(toColumn(undefined, 'other')).toBeNull();
  });

  it('turns a moment with a zone into UTC where the column has none, nothing rounded', () => {
    expect(toColumn('2026-03-01T08:00:00.123456+08:00', 'moment')).toBe('2026-03-01T00:00:00.123456');
    expect(toColumn('2026-03-01T08:00Z', 'moment')).toBe('2026-03-01T08:00:00');
    expect(toColumn('2026-03-01 08:00:00', 'moment')).toBe('2026-03-01 08:00:00');
    expect(toColumn('2026-03-01T08:00Z', 'other')).toBe('2026-03-01T08:00Z');
  });
});
