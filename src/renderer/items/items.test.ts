import { describe, expect, it } from 'vitest';
import { fieldExpression } from './field-expression.ts';
import { itemColumns } from './item-columns.ts';
import { jsonRows } from './json-rows.ts';
import { previewValue } from './value-preview.ts';

describe('itemColumns', () => {
  it('lists fields in the order of first appearance', () => {
    const items = [{ json: { b: 1, a: 2 } }, { json: { c: 3, a: 4 } }];
    expect(itemColumns(items)).toEqual({ names: ['b', 'a', 'c'], hidden: 0 });
  });

  it('counts the fields that are too many to show', () => {
    const json = Object.fromEntries(Array.from({ length: 75 }, (_none, index) => [`f${index}`, index]));
    const { names, hidden } = itemColumns([{ json }]);
    expect([names.length, hidden]).toEqual([60, 15]);
  });
});

describe('previewValue', () => {
  it('outlines nested values on one line', () => {
    expect(previewValue({ a: [1, 'x'], b: null }, 100)).toEqual({
      text: '{a: [1, "x"], b: null}',
      isCut: false,
    });
  });

  it('cuts long text and says so', () => {
    expect(previewValue('one\ntwo three', 7)).toEqual({ text: 'one two…', isCut: true });
  });

  it('looks no further into a huge value than it shows', () => {
    const huge = Array.from({ length: 1_000_000 }, () => 'x'.repeat(10));
    expect(previewValue(huge, 20).text).toHaveLength(21);
  });
});

describe('jsonRows', () => {
  const lines = (toggled: string[]) =>
    jsonRows([{ a: { b: { c: 1 } }, 'x/y': [true] }], new Set(toggled)).map(({ id, depth, isOpen }) => [
      id,
      depth,
      isOpen,
    ]);

  it('opens two levels by itself', () => {
    expect(lines([])).toEqual([
      ['0', 0, true],
      ['0/a', 1, true],
      ['0/a/b', 2, false],
      ['0/x~1y', 1, true],
      ['0/x~1y/0', 2, false],
    ]);
  });

  it('turns what the user toggled', () => {
    expect(lines(['0/a', '0/x~1y'])).toEqual([
      ['0', 0, true],
      ['0/a', 1, false],
      ['0/x~1y', 1, false],
    ]);
    expect(lines(['0/a/b']).slice(2, 4)).toEqual([
      ['0/a/b', 2, true],
      ['0/a/b/c', 3, false],
    ]);
  });
});

describe('fieldExpression', () => {
  it('quotes names that are not identifiers', () => {
    expect(fieldExpression(['order', 'ship-to', 0, 'city'])).toBe('{{ $json.order["ship-to"][0].city }}');
  });
});
