import { describe, expect, it } from 'vitest';
import { items, runNode } from '../../../node-kit/test-harness.ts';
import { renameKeys } from './rename-keys.node.ts';

const run = async (json: Record<string, unknown>, parameters: Record<string, unknown>) => {
  const { ports } = await runNode(renameKeys, { parameters, items: items(json) });
  return ports[0]?.[0]?.json;
};

describe('rename-keys', () => {
  it('moves fields, also to and from deeper levels, and leaves alone what is not there', async () => {
    const fields = [
      { from: 'a', to: 'b' },
      { from: 'c.d', to: 'e' },
      { from: 'gone', to: 'x' },
      { from: '', to: 'y' },
    ];
    expect(await run({ a: 1, c: { d: 2, f: 3 } }, { fields })).toEqual({ b: 1, c: { f: 3 }, e: 2 });
  });

  it('replaces within names by a pattern, as deep as it is told to', async () => {
    const json = { old_a: { old_b: [{ old_c: 1 }] } };
    const pattern = { pattern: '^OLD_(.)', replacement: 'new-$1', ignoreCase: true };
    expect(await run(json, { fields: [], patterns: [pattern] })).toEqual({
      'new-a': { 'new-b': [{ 'new-c': 1 }] },
    });
    expect(await run(json, { fields: [], patterns: [{ ...pattern, depth: 0 }] })).toEqual({
      'new-a': { old_b: [{ old_c: 1 }] },
    });
  });

  it('refuses a pattern that is none, or that takes too long', async () => {
    const failing = (pattern: string, name: string) =>
      expect(
        run({ [name]: 1 }, { fields: [], patterns: [{ pattern, replacement: '' }] }),
      ).rejects.toMatchObject({ code: 'PARAMETER_INVALID' });
    await failing('(', 'a');
    await failing('(a+)+$', `${'a'.repeat(40)}b`);
  });
});
