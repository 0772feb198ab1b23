import { describe, expect, it } from 'vitest';
import type { TextPiece } from '../../node-kit/index.ts';
import { mysqlDialect } from '../mysql/dialect.ts';
import { postgresDialect } from '../postgres/dialect.ts';
import { bindPieces } from './bind-pieces.ts';

/** `{{n}}` in the text stands for the n-th value. */
function pieces(text: string, ...values: unknown[]): TextPiece[] {
  return text
    .split(/\{\{(\d+)\}\}/)
    .map((part, index) => (index % 2 === 0 ? { text: part } : { value: values[Number(part)] }));
}
const bind = (text: string, ...values: unknown[]) => bindPieces(pieces(text, ...values), postgresDialect);

describe('bindPieces', () => {
  it('makes each expression a parameter', () => {
    expect(bind('select * from t where id = {{0}} and name = {{1}}', 7, "x' or 1=1 --")).toEqual({
      sql: 'select * from t where id = $1 and name = $2',
      values: [7, "x' or 1=1 --"],
    });
  });

  it('takes the quotes around an expression away, with whatever else they hold', () => {
    expect(bind("where a = '{{0}}' and b like '%{{1}}%' and c = 'it''s {{0}}'", 'x', 'y')).toEqual({
      sql: 'where a = $1 and b like $2 and c = $3',
      values: ['x', '%y%', "it's x"],
    });
  });

  it('keeps the type of a value that is alone in its quotes', () => {
    expect(bind("where a = '{{0}}'", 7).values).toEqual([7]);
  });

  it('leaves other texts, names and comments as they are', () => {
    const text = `select 'it''s', "a'b", -- don't\n from t /* it's */ where x = '' `;
    expect(bind(text)).toEqual({ sql: text, values: [] });
    expect(bind(`select "a'b" from t where x = {{0}}`, 1).sql).toBe(`select "a'b" from t where x = $1`);
  });

  it('leaves out what is in a comment, and refuses what is in a name', () => {
    expect(bind("select 1 -- and x = {{0}} or '{{0}}'\nwhere y = {{1}} /* {{0}} */", 'a', 'b')).toEqual({
      sql: "select 1 -- and x =  or ''\nwhere y = $1 /*  */",
      values: ['b'],
    });
    expect(() => bind('select "{{0}}" from t', 'a')).toThrow(/cannot be part of a quoted name/);
  });

  it('leaves an open quote to the database', () => {
    expect(bind("select 'abc").sql).toBe("select 'abc");
  });

  it('counts the values of a list before its own', () => {
    expect(bindPieces(pieces('select $1, {{0}}', 'a'), postgresDialect, [7])).toEqual({
      sql: 'select $1, $2',
      values: [7, 'a'],
    });
  });
});

describe('bindPieces for MySQL', () => {
  const inMysql = (text: string, given: unknown[], ...values: unknown[]) =>
    bindPieces(pieces(text, ...values), mysqlDialect, given);

  it('takes values of a list and expressions in the order of the text', () => {
    expect(inMysql("select ?, {{0}}, '?', `?`, ? # ?", [1, 2], 'a')).toEqual({
      sql: "select ?, ?, '?', `?`, ? # ?",
      values: [1, 'a', 2],
    });
    expect(() => inMysql('select ?', [])).toThrow(/more places than there are values/);
    expect(() => inMysql('select 1', [1])).toThrow(/more values than the query has places for/);
  });

  it('knows texts in double quotes and backslashes', () => {
    expect(inMysql(String.raw`select "a{{0}}", 'it\'s {{0}}\n', '\\', '50\%{{0}}'`, [], 'x')).toEqual({
      sql: String.raw`select ?, ?, '\\', ?`,
      values: ['ax', "it's x\n", '50\\%x'],
    });
  });
});
