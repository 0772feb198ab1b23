import { describe, expect, it } from 'vitest';
import { ParameterSource } from './parameter-source.ts';

describe('ParameterSource', () => {
  it('reads values with the defaults n8n leaves out, and expressions as they are', () => {
    const source = new ParameterSource({ n: '5', e: '={{ 1 }}', flag: 'true', list: 'a, b,', t: 3 });
    expect([
      source.number('n', 0),
      source.number('e', 0),
      source.number('missing', 7),
      source.flag('flag'),
      source.flag('e'),
      source.names('list'),
      source.text('t'),
      source.text('missing', 'd'),
    ]).toEqual([5, '={{ 1 }}', 7, true, '={{ 1 }}', ['a', 'b'], '3', 'd']);
  });

  it('tells what nobody read, at every depth, and nothing about empty groups', () => {
    const source = new ParameterSource({
      read: 1,
      options: { known: true, strange: 2 },
      values: { string: [{ name: 'a', odd: 1 }, { name: 'b' }] },
      other: { deep: 3 },
      empty: { values: [] },
      shown: 'x',
    });
    source.take('read');
    source.ignore('shown');
    source.child('options').take('known');
    expect(source.rows('values', 'string').map((row) => row.take('name'))).toEqual(['a', 'b']);
    expect(source.untaken()).toEqual([
      { path: 'other', value: { deep: 3 } },
      { path: 'options.strange', value: 2 },
      { path: 'values.string.0.odd', value: 1 },
    ]);
  });
});
