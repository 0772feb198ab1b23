import { describe, expect, it } from 'vitest';
import { runNode } from '../../../node-kit/test-harness.ts';
import { stickyNote } from './sticky-note.node.ts';

describe('sticky-note', () => {
  it('has no ports and gives nothing', async () => {
    expect([stickyNote.inputs, stickyNote.outputs]).toEqual([[], []]);
    const { ports } = await runNode(stickyNote, { parameters: { content: '# 说明' }, items: [] });
    expect(ports).toEqual([[]]);
  });
});
