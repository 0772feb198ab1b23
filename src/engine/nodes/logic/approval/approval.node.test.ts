import { describe, expect, it } from 'vitest';
import { items, runNode } from '../../../node-kit/test-harness.ts';
import { approval } from './approval.node.ts';

const START = Date.UTC(2026, 0, 1);

describe('approval', () => {
  it('waits for a decision with what is shown to who decides', async () => {
    const { wait, ports } = await runNode(approval, {
      parameters: {
        title: 'Refund',
        message: 'Please **check**',
        fields: [{ label: 'Amount', value: '12' }],
        suffix: '/finance/',
      },
      items: items({ n: 1 }),
    });
    const about = {
      title: 'Refund',
      message: 'Please **check**',
      fields: [{ label: 'Amount', value: '12' }],
    };
    expect(wait).toEqual({ until: null, resume: { kind: 'approval', about, suffix: 'finance' } });
    expect(ports).toEqual([[{ json: { n: 1 }, pairedItem: { item: 0 } }], []]);
  });

  it('has an output of its own for when the time is up', async () => {
    const { wait, ports } = await runNode(approval, {
      parameters: { title: 'Refund', limit: 'interval', limitAmount: 2, limitUnit: 'hours' },
      items: items({ n: 1 }),
    });
    expect(wait?.until).toBe(START + 7_200_000);
    const expired = { decision: 'expired', comment: '', by: null, via: null, at: '2026-01-01T02:00:00.000Z' };
    expect(ports).toEqual([[], [], [{ json: { n: 1, approval: expired }, pairedItem: { item: 0 } }]]);
  });
});
