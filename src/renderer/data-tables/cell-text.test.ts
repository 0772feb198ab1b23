import { expect, it } from 'vitest';
import { cellText, typedValue } from './cell-text.ts';

it('shows every value as the text it is edited as', () => {
  expect([null, 'a', 1.5, true, { a: [1] }].map(cellText)).toEqual(['', 'a', '1.5', 'true', '{"a":[1]}']);
});

it('leaves the reading of values to the engine, but for JSON', () => {
  expect(typedValue('number', '12')).toBe('12');
  expect(typedValue('text', '')).toBeNull();
  expect(typedValue('json', '{"a":1}')).toEqual({ a: 1 });
  expect(typedValue('json', '12')).toBe(12);
  expect(typedValue('json', '{"a":')).toBe('{"a":');
});
