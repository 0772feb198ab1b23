import { describe, expect, it } from 'vitest';
import {
  CONDITION_OPERATIONS,
  UNARY_OPERATIONS,
  type ConditionSet,
  type ConditionType,
} from '../../contract/index.ts';
import { matchesConditions } from './conditions.ts';

type Row = [type: ConditionType, left: unknown, operation: string, right?: unknown];

function check(rows: Row[], options: Partial<ConditionSet> = {}, timezone?: string): boolean {
  const conditions = rows.map(([type, left, operation, right]) => ({ type, left, operation, right }));
  return matchesConditions(
    { combinator: 'and', caseSensitive: true, loose: false, ...options, conditions },
    timezone,
  );
}

describe('matchesConditions', () => {
  it('holds without conditions', () => {
    expect([check([]), check([], { combinator: 'or' })]).toEqual([true, true]);
  });

  it('joins conditions by and, or', () => {
    const rows: Row[] = [
      ['number', 1, 'equals', 1],
      ['number', 1, 'equals', 2],
    ];
    expect([check(rows), check(rows, { combinator: 'or' })]).toEqual([false, true]);
  });

  const samples: Record<ConditionType, [unknown, unknown]> = {
    string: ['a', 'b'],
    number: [1, 2],
    boolean: [true, false],
    'date-time': ['2026-01-01', '2026-01-02'],
    array: [['a'], 1],
    object: [{ a: 1 }, undefined],
  };
  it.each(Object.entries(CONDITION_OPERATIONS))('knows every operation of type %s', (type, operations) => {
    const [left, right] = samples[type as ConditionType];
    for (const operation of operations) {
      expect(check([[type as ConditionType, left, operation, right]])).toBeTypeOf('boolean');
    }
  });

  it.each<[...Row, boolean]>([
    ['string', undefined, 'equals', '', true],
    ['string', 'Hello', 'contains', 'ell', true],
    ['string', 'Hello', 'matches', '^h', false],
    ['string', 'Hello', 'matches', '/^h/i', true],
    ['string', '', 'exists', undefined, true],
    ['string', '', 'empty', undefined, true],
    ['number', null, 'greater', -1, false],
    ['number', Number.NaN, 'exists', undefined, false],
    ['number', 0, 'not-empty', undefined, true],
    ['boolean', undefined, 'is-false', undefined, true],
    ['date-time', '2026-01-02', 'after', new Date('2026-01-01'), true],
    ['date-time', '2026-01-01T08:00:00+08:00', 'equals', '2026-01-01T00:00:00Z', true],
    ['array', [1, 'a'], 'contains', 'a', true],
    ['array', undefined, 'length-equals', 0, true],
    ['object', {}, 'not-empty', undefined, false],
  ])('%s: %j %s %j is %j', (type, left, operation, right, expected) => {
    expect(check([[type, left, operation, right]])).toBe(expected);
  });

  it('ignores case where asked to, also in lists', () => {
    const options = { caseSensitive: false };
    expect(check([['string', 'FOO', 'starts-with', 'fo']], options)).toBe(true);
    expect(check([['array', ['FOO'], 'contains', 'foo']], options)).toBe(true);
  });

  it('reads times without an offset in the time zone of the workflow', () => {
    const row: Row = ['date-time', '2026-01-01 08:00:00', 'equals', '2026-01-01T00:00:00Z'];
    expect([check([row], {}, 'Asia/Shanghai'), check([row])]).toEqual([true, false]);
  });

  it('names the condition whose value has the wrong type', () => {
    const rows: Row[] = [
      ['number', 1, 'equals', 2],
      ['number', '15', 'equals', 15],
    ];
    expect(() => check(rows)).toThrow('Condition 2 cannot be checked: "15" is a text, not a number');
  });

  it('converts where the set is loose, and says where that is impossible', () => {
    const loose = { loose: true };
    expect(check([['number', '15', 'equals', '15']], loose)).toBe(true);
    expect(check([['boolean', 'false', 'is-false']], loose)).toBe(true);
    expect(check([['string', 15, 'equals', '15']], loose)).toBe(true);
    expect(check([['array', '[1,2]', 'length-equals', '2']], loose)).toBe(true);
    expect(() => check([['number', 'many', 'equals', 1]], loose)).toThrow('"many"');
  });

  it('refuses patterns that are none, and ends searches that would take for ever', () => {
    expect(() => check([['string', 'a', 'matches', '(']])).toThrow('Condition 1');
    expect(() => check([['string', `${'a'.repeat(50)}!`, 'matches', '^(a+)+$']])).toThrow('too long');
  });

  it('looks at the left side only for unary operations', () => {
    for (const operation of UNARY_OPERATIONS.filter((name) => !name.startsWith('is-'))) {
      expect(check([['number', 1, operation, 'no number']])).toBeTypeOf('boolean');
    }
  });
});
