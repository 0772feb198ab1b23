import { describe, expect, it } from 'vitest';
import { items, runNode } from '../../../node-kit/test-harness.ts';
import { dateTime } from './date-time.node.ts';

const run = async (parameters: Record<string, unknown>, timezone = 'Asia/Shanghai') => {
  const { ports } = await runNode(dateTime, { parameters, items: items({ a: 1 }), timezone });
  return ports[0]?.[0]?.json;
};
const date = async (parameters: Record<string, unknown>) => (await run(parameters))?.['date'];

describe('date-time', () => {
  it.each([
    ['2024-02-29', {}, '2024-02-29 00:00'],
    ['2024-02-29T20:00:00Z', {}, '2024-03-01 04:00'],
    ['1709236800', {}, '2024-03-01 04:00'],
    ['1709236800000', {}, '2024-03-01 04:00'],
    ['29.02.2024', { fromFormat: 'dd.MM.yyyy' }, '2024-02-29 00:00'],
    ['2024-02-29 08:00', { fromZone: 'UTC', toZone: 'America/New_York' }, '2024-02-29 03:00'],
  ])('reads %s', async (text, rules, expected) => {
    expect(await date({ date: text, format: 'yyyy-MM-dd HH:mm', ...rules })).toBe(expected);
  });

  it('adds and subtracts by the calendar', async () => {
    const shift = { operation: 'shift', date: '2024-01-31T10:00:00', unit: 'months' };
    expect(await date({ ...shift, amount: 1 })).toBe('2024-02-29T10:00:00.000+08:00');
    expect(await date({ ...shift, amount: 1, direction: 'subtract' })).toBe('2023-12-31T10:00:00.000+08:00');
  });

  it('tells the time, the difference, a part, and rounds', async () => {
    expect(await date({ operation: 'now', includeTime: false, toZone: 'UTC' })).toMatch(/T00:00:00.000Z$/);
    const difference = { operation: 'difference', date: '2024-01-01', endDate: '2024-01-03T06:00:00' };
    expect(await date({ ...difference, units: ['days', 'hours'] })).toEqual({ days: 2, hours: 6 });
    expect(await date({ ...difference, units: ['days', 'hours'], asDuration: true })).toBe('P2DT6H');
    expect(await date({ operation: 'part', date: '2024-12-30', part: 'week' })).toBe(1);
    const round = { operation: 'round', date: '2024-05-17', roundTo: 'months' };
    expect(await date(round)).toBe('2024-05-01T00:00:00.000+08:00');
    expect(await date({ ...round, rounding: 'up' })).toBe('2024-06-01T00:00:00.000+08:00');
  });

  it('keeps the other fields or gives the result alone, in a field at any depth', async () => {
    const format = { date: '2024-02-29', format: 'X', field: 'b.c', toZone: 'UTC', fromZone: 'UTC' };
    expect(await run(format)).toEqual({ a: 1, b: { c: '1709164800' } });
    expect(await run({ ...format, keepInput: false })).toEqual({ b: { c: '1709164800' } });
  });

  it.each([
    [{ date: 'yesterday-ish' }, 'date'],
    [{ date: '2024-02-30', fromFormat: 'yyyy-MM-dd' }, 'date'],
    [{ date: '2024-02-29', toZone: 'Mars/Base' }, 'toZone'],
    [{ date: '2024-02-29', fromZone: 'Mars/Base' }, 'fromZone'],
  ])('refuses %j', async (parameters, field) => {
    await expect(run(parameters)).rejects.toMatchObject({ code: 'PARAMETER_INVALID', facts: { field } });
  });
});
