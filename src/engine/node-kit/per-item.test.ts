import { describe, expect, it } from 'vitest';
import type { Item } from '../../contract/index.ts';
import { NodeError } from '../kernel/index.ts';
import { runPerItem, type PerItemResult } from './per-item.ts';

const ITEMS: Item[] = [{ json: { n: 0 } }, { json: { n: 1 } }, { json: { n: 2 } }];

const base = { items: ITEMS, onError: 'stop', outputCount: 1, signal: new AbortController().signal } as const;

function failOnOne(item: Item): Item {
  if (item.json['n'] === 1) throw new NodeError('NODE_FAILED', { reason: 'no ones' });
  return item;
}

describe('runPerItem', () => {
  it('keeps item order and pairs results with their items', async () => {
    const resolvers: Array<() => void> = [];
    const running = runPerItem({
      ...base,
      concurrency: 3,
      work: (item) =>
        new Promise<PerItemResult>((resolve) => {
          resolvers.push(() => resolve([{ json: { seen: item.json['n'] } }]));
        }),
    });
    for (const resolve of [...resolvers].reverse()) resolve();
    expect(await running).toEqual([
      { json: { seen: 0 }, pairedItem: { item: 0 } },
      { json: { seen: 1 }, pairedItem: { item: 1 } },
      { json: { seen: 2 }, pairedItem: { item: 2 } },
    ]);
  });

  it('works on no more items at a time than asked for', async () => {
    let now = 0;
    let most = 0;
    await runPerItem({
      ...base,
      concurrency: 2,
      async work(item) {
        most = Math.max(most, ++now);
        await Promise.resolve();
        now--;
        return item;
      },
    });
    expect(most).toBe(2);
  });

  it('throws the first failure with its item index and begins nothing more', async () => {
    const begun: unknown[] = [];
    const running = runPerItem({
      ...base,
      work: (item) => {
        begun.push(item.json['n']);
        return failOnOne(item);
      },
    });
    await expect(running).rejects.toMatchObject({ code: 'NODE_FAILED', facts: { itemIndex: 1 } });
    expect(begun).toEqual([0, 1]);
  });

  it('turns failures into error items for onError "continue"', async () => {
    expect(await runPerItem({ ...base, onError: 'continue', work: failOnOne })).toEqual([
      { json: { n: 0 }, pairedItem: { item: 0 } },
      { json: { error: expect.stringContaining('no ones') as unknown }, pairedItem: { item: 1 } },
      { json: { n: 2 }, pairedItem: { item: 2 } },
    ]);
  });

  it('sends failures to the port after the others for onError "error-output"', async () => {
    const output = await runPerItem({
      ...base,
      onError: 'error-output',
      outputCount: 2,
      work: (item) => ({ ports: [[], [failOnOne(item)]] }),
    });
    expect(output).toEqual({
      ports: [
        [],
        [
          { json: { n: 0 }, pairedItem: { item: 0 } },
          { json: { n: 2 }, pairedItem: { item: 2 } },
        ],
        [{ json: { n: 1, error: expect.stringContaining('no ones') as unknown }, pairedItem: { item: 1 } }],
      ],
    });
  });

  it('ends with the reason of the abort, whatever onError says', async () => {
    const controller = new AbortController();
    const running = runPerItem({
      ...base,
      onError: 'continue',
      signal: controller.signal,
      work: () => {
        controller.abort(new Error('stopped by hand'));
        throw new Error('the request was cut off');
      },
    });
    await expect(running).rejects.toThrow('cut off');
  });
});
