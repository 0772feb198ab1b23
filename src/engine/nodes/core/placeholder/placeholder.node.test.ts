import { describe, expect, it } from 'vitest';
import { resolvePorts } from '../../../../contract/index.ts';
import { items, runNode } from '../../../node-kit/test-harness.ts';
import { placeholder } from './placeholder.node.ts';

describe('placeholder', () => {
  it('fails when it is reached, and names what it stands for', async () => {
    const parameters = { source: 'n8n', originalType: 'n8n-nodes-base.slack', original: { a: '={{ 1 }}' } };
    await expect(runNode(placeholder, { parameters, items: items({}) })).rejects.toMatchObject({
      code: 'PLACEHOLDER_REACHED',
      facts: { type: 'n8n-nodes-base.slack' },
    });
  });

  it('has the ports its connections need', () => {
    const ports = { inputs: { main: 1, model: 1 }, outputs: { main: 2 } };
    const shown = (side: 'inputs' | 'outputs') =>
      resolvePorts(placeholder[side], { ports }).map(({ kind, index }) => `${kind}:${index}`);
    expect(shown('inputs')).toEqual(['main:0', 'model:0']);
    expect(shown('outputs')).toEqual(['main:0', 'main:1']);
  });
});
