import { describe, expect, it } from 'vitest';
import { describeParameters, param } from '../../src/engine/node-kit/index.ts';
import { findTextGaps } from './find-text-gaps.ts';

const node = {
  inputs: [{ kind: 'main' as const, name: 'main' }],
  outputs: [
    { kind: 'main' as const, name: 'kept' },
    { kind: 'main' as const, name: 'discarded' },
  ],
  credentials: [{ name: 'login', types: ['basic-auth'] }],
  parameters: describeParameters({
    method: param.select({ options: ['GET', 'other'], default: 'GET' }),
    rows: param.list({ fields: { key: param.string(), value: param.string() } }),
  }),
};

describe('findTextGaps', () => {
  it('finds nothing where everything has a text', () => {
    const texts = {
      name: 'A',
      description: 'B',
      ports: { kept: 'K', discarded: 'D' },
      credentials: { login: 'L' },
      parameters: {
        method: { label: 'M', options: { other: 'O' } },
        rows: { label: 'R', fields: { key: { label: 'K' }, value: { label: 'V' } } },
      },
    };
    expect(findTextGaps(node, texts)).toEqual([]);
  });

  it('names what is missing, at every depth, and what belongs to nothing', () => {
    const texts = {
      name: 'A',
      description: '',
      ports: { kept: 'K', gone: 'G' },
      parameters: {
        method: { label: 'M', options: { GET: 'Get', old: 'X' } },
        rows: { label: ' ', fields: { key: { label: 'K' } } },
      },
    };
    expect(findTextGaps(node, texts)).toEqual([
      'description is empty',
      'ports.discarded is missing',
      'ports.gone belongs to nothing',
      'credentials.login is missing',
      'parameters.method.options.other is missing',
      'parameters.method.options.old belongs to nothing',
      'parameters.rows.label is empty',
      'parameters.rows.fields.value is missing',
    ]);
  });
});
