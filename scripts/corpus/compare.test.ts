import { describe, expect, it } from 'vitest';
import { sameFailure, sameJson, sameValue } from './compare.ts';

describe('sameJson', () => {
  it('ignores keys without a value, and of errors all but what is compared', () => {
    expect(sameJson({ a: 1, b: undefined }, { a: 1 })).toBe(true);
    expect(sameJson({ a: 1 }, { a: 2 })).toBe(false);
    expect(sameJson([{ a: 1 }], [{ a: 1 }, {}])).toBe(false);
    expect(sameJson({ error: { message: 'm', stack: 's' } }, { error: { message: 'm' } })).toBe(true);
    expect(sameJson({ error: 'm' }, { error: 'n' })).toBe(false);
  });

  it('lets shallow snapshots stand for any list or object, and only those', () => {
    const snapshot = { list: ['json array'], object: { object: true }, text: 'a' };
    expect(sameJson({ list: [1, 2], object: { b: 1 }, text: 'a' }, snapshot, { shallow: true })).toBe(true);
    expect(sameJson({ list: 'x', object: { b: 1 }, text: 'a' }, snapshot, { shallow: true })).toBe(false);
    expect(sameJson({ list: [1, 2], object: {}, text: 'a' }, snapshot)).toBe(false);
  });
});

describe('sameValue', () => {
  it('reads the corpus way of writing what JSON cannot say', () => {
    expect(sameValue(undefined, { $undefined: true })).toBe(true);
    expect(sameValue(NaN, { $number: 'NaN' })).toBe(true);
    expect(sameValue(0, { $number: '-0' })).toBe(false);
    expect(sameValue('2026-01-01T00:00:00Z', { $dateTime: '2026-01-01T08:00:00+08:00' })).toBe(true);
    expect(sameValue('', { $falsy: true })).toBe(true);
  });
});

describe('sameFailure', () => {
  it('takes any failure where no message is asked for', () => {
    expect(sameFailure('x', {})).toBe(true);
    expect(sameFailure('it is wrong', { message: 'wrong' })).toBe(true);
    expect(sameFailure('it is wrong', { messageRegex: '^wrong' })).toBe(false);
  });
});
