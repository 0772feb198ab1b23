import { describe, expect, it } from 'vitest';
import { defineTrigger, MAIN_PORT } from './definition.ts';
import { openListener } from './listen-harness.ts';

describe('openListener', () => {
  it('collects what a listener emits and ends it', async () => {
    const log: string[] = [];
    const ticker = defineTrigger({
      type: 'ticker',
      version: 1,
      outputs: MAIN_PORT,
      parameters: {},
      trigger: {
        kind: 'listener',
        async listen({ emit, lost, signal }) {
          await emit([{ json: { n: 1 } }], { once: 'a' });
          lost(new Error('gone'));
          return { close: () => void log.push(`closed, aborted: ${signal.aborted}`) };
        },
      },
    });
    const listener = await openListener(ticker);
    await listener.until(1);
    expect(listener.emitted).toEqual([{ items: [{ json: { n: 1 } }], once: 'a' }]);
    expect(String(await listener.lost)).toBe('Error: gone');
    await listener.close();
    expect(log).toEqual(['closed, aborted: true']);
  });
});
