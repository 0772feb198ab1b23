import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import type { Notification } from '../../contract/index.ts';
import { FakeClock } from '../kernel/fake-clock.ts';
import { createNotifier } from './notifier.ts';

describe('the notifier', () => {
  it('counts what happens within a second and writes it once', async () => {
    const clock = new FakeClock();
    const written: Array<Omit<Notification, 'read'>> = [];
    let changes = 0;
    const notifier = createNotifier({
      clock,
      logger: pino({ level: 'silent' }),
      onChange: () => changes++,
      store: {
        list: () => Promise.resolve({ items: [], unread: 0 }),
        add: (batch) => {
          written.push(...batch);
          return Promise.resolve();
        },
        markRead: () => Promise.resolve(),
        remove: () => Promise.resolve(),
      },
    });
    const failed = (executionId: string) =>
      notifier.tell({
        ...{ subject: 'failed w1', workflowId: 'w1', workflowName: 'Orders', executionId },
        kind: 'execution-failed',
        message: '',
        error: { code: 'NODE_FAILED', message: `failed in ${executionId}` },
      });
    for (let n = 0; n < 1000; n++) failed(`e${n}`);
    expect(written).toEqual([]);
    await clock.advance(1000);
    await notifier.flush();
    expect(written).toMatchObject([
      { count: 1000, executionId: 'e999', error: { message: 'failed in e999' } },
    ]);
    expect(changes).toBe(1);
    failed('e1000');
    notifier.remove('failed w1');
    await notifier.flush();
    expect(written).toHaveLength(1);
  });
});
