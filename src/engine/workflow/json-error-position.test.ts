import { describe, expect, it } from 'vitest';
import { jsonErrorPosition } from './json-error-position.ts';

describe('jsonErrorPosition', () => {
  it.each([
    ['{"a": [1, 2.5e3, "x\\n", true, null, {}, []]}', null],
    [' 1 ', null],
    ['', 0],
    ['{"a": 1,}', 8],
    ['{"a" 1}', 5],
    ['{a: 1}', 1],
    ['[1, 2', 5],
    ['[,]', 1],
    ['[1] 2', 4],
    ['{"a": undefined}', 6],
    ["{'a': 1}", 1],
    ['"open', 0],
    ['[01]', 2],
  ])('finds where %j breaks', (text, position) => {
    expect(jsonErrorPosition(text)).toBe(position);
  });

  it('agrees with JSON.parse on what is sound, however deep', () => {
    const deep = '['.repeat(200_000) + ']'.repeat(200_000);
    expect(jsonErrorPosition(deep)).toBeNull();
    expect(jsonErrorPosition(deep.slice(1))).toBe(399_998);
  });
});
