import { describe, expect, it } from 'vitest';
import { postgresDialect } from '../postgres/dialect.ts';
import { Statement } from './statement.ts';
import { addWhere, type SqlCondition } from './where.ts';

const where = (conditions: SqlCondition[], combine: 'and' | 'or' = 'and') => {
  const { sql, values } = addWhere(new Statement(postgresDialect), conditions, combine);
  return { sql, values };
};

describe('addWhere', () => {
  it('binds every value and quotes every name', () => {
    expect(
      where([
        { column: 'a"b', operator: 'equal', value: 'x' },
        { column: 'n', operator: 'greater', value: 3 },
      ]),
    ).toEqual({ sql: ' where "a""b" = $1 and "n" > $2', values: ['x', 3] });
    expect(where([])).toEqual({ sql: '', values: [] });
  });

  it('takes lists as JSON and with commas', () => {
    const inList = (value: string) => where([{ column: 'a', operator: 'in', value }]).values;
    expect(inList('[1, "b"]')).toEqual([1, 'b']);
    expect(inList('x, y')).toEqual(['x', 'y']);
    expect(inList('')).toEqual([]);
  });

  it('means what a form means by null, lists and parts of texts', () => {
    expect(
      where(
        [
          { column: 'a', operator: 'equal', value: null },
          { column: 'b', operator: 'in', value: [1, 2] },
          { column: 'c', operator: 'in', value: [] },
          { column: 'd', operator: 'contains', value: '50%_' },
          { column: 'e', operator: 'is-not-null', value: '' },
        ],
        'or',
      ),
    ).toEqual({
      sql: ' where "a" is null or "b" in ($1, $2) or 1 = 0 or "d" like $3 or "e" is not null',
      values: [1, 2, '%50\\%\\_%'],
    });
  });
});
