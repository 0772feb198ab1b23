import { describe, expect, it } from 'vitest';
import { param } from './parameters.ts';
import { parseParameters } from './parse-parameters.ts';

const PARAMETERS = {
  mode: param.select({ options: ['simple', 'advanced'], default: 'simple' }),
  depth: param.number({ min: 1, max: 10, integer: true, default: 2, visibleWhen: { mode: ['advanced'] } }),
  name: param.string({ required: true, visibleWhen: { mode: ['advanced'] } }),
  active: param.boolean(),
  tags: param.multiSelect({ options: ['red', 'green'] }),
  body: param.json(),
  rows: param.list({
    fields: { key: param.string({ required: true }), count: param.number({ default: 1 }) },
    max: 2,
  }),
  extras: param.collection({ fields: { limit: param.number({ min: 1 }), note: param.string() } }),
};

describe('parseParameters', () => {
  it('fills in defaults', () => {
    expect(parseParameters(PARAMETERS, {})).toEqual({
      mode: 'simple',
      depth: 2,
      name: '',
      active: false,
      tags: [],
      body: {},
      rows: [],
      extras: {},
    });
  });

  it('converts what expressions give as text', () => {
    const values = {
      mode: 'advanced',
      depth: '5',
      name: 7,
      active: 'true',
      tags: 'red, green',
      body: '{"a":[1]}',
      rows: '[{"key":"x","count":"3"}]',
      extras: { limit: '4' },
    };
    expect(parseParameters(PARAMETERS, values)).toEqual({
      mode: 'advanced',
      depth: 5,
      name: '7',
      active: true,
      tags: ['red', 'green'],
      body: { a: [1] },
      rows: [{ key: 'x', count: 3 }],
      extras: { limit: 4 },
    });
  });

  it('leaves hidden parameters at their defaults and does not require them', () => {
    expect(parseParameters(PARAMETERS, { depth: 99, name: '' })).toMatchObject({ depth: 2, name: '' });
  });

  it.each([
    [{ mode: 'other' }, 'PARAMETER_INVALID', 'mode'],
    [{ mode: 'advanced', name: 'x', depth: 11 }, 'PARAMETER_INVALID', 'depth'],
    [{ mode: 'advanced', name: 'x', depth: 1.5 }, 'PARAMETER_INVALID', 'depth'],
    [{ mode: 'advanced', name: '  ' }, 'PARAMETER_REQUIRED', 'name'],
    [{ active: 'perhaps' }, 'PARAMETER_INVALID', 'active'],
    [{ tags: ['blue'] }, 'PARAMETER_INVALID', 'tags'],
    [{ body: '{' }, 'PARAMETER_INVALID', 'body'],
    [{ rows: [{ key: 'a' }, { key: '' }] }, 'PARAMETER_REQUIRED', 'rows.1.key'],
    [{ rows: [{ key: 'a' }, { key: 'b' }, { key: 'c' }] }, 'PARAMETER_INVALID', 'rows'],
    [{ rows: [{ key: 'a', count: 'many' }] }, 'PARAMETER_INVALID', 'rows.0.count'],
    [{ extras: { limit: 0 } }, 'PARAMETER_INVALID', 'extras.limit'],
  ])('names the parameter that does not fit: %j', (values, code, parameter) => {
    expect(() => parseParameters(PARAMETERS, values)).toThrow(
      expect.objectContaining({ code, facts: expect.objectContaining({ parameter }) as unknown }),
    );
  });

  it('checks assignments and conditions', () => {
    const parameters = { fields: param.assignments(), when: param.conditions() };
    expect(
      parseParameters(parameters, {
        fields: [{ name: 'a', value: 1 }],
        when: { conditions: [{ left: 1, type: 'number', operation: 'equals', right: 1 }] },
      }),
    ).toEqual({
      fields: [{ name: 'a', type: 'any', value: 1 }],
      when: {
        combinator: 'and',
        caseSensitive: true,
        loose: false,
        conditions: [{ left: 1, type: 'number', operation: 'equals', right: 1 }],
      },
    });
    expect(() => parseParameters(parameters, { fields: [{ value: 1 }] })).toThrow('name');
  });

  it('gives values that nobody can change for the next item', () => {
    const parsed = parseParameters(PARAMETERS, { rows: [{ key: 'a' }] });
    expect(Object.isFrozen(parsed) && Object.isFrozen(parsed.rows) && Object.isFrozen(parsed.rows[0])).toBe(
      true,
    );
  });
});
