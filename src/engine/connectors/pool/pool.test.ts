import { describe, expect, it } from 'vitest';
import { Pool } from './pool.ts';

function createRig(most: number) {
  const log: string[] = [];
  let opened = 0;
  const pool = new Pool<{ id: number; isClosed: boolean }>({
    most,
    open: () => {
      log.push(`open ${++opened}`);
      return Promise.resolve({ id: opened, isClosed: false });
    },
    close: (one) => {
      if (!one.isClosed) log.push(`close ${one.id}`);
      one.isClosed = true;
    },
    isUsable: ({ isClosed }) => !isClosed,
  });
  return { pool, log };
}
const never = new AbortController().signal;

describe('Pool', () => {
  it('opens as many as are needed, and lends them again', async () => {
    const { pool, log } = createRig(2);
    const order: number[] = [];
    await Promise.all([1, 2, 3, 4].map((n) => pool.use(async () => void order.push(n), never)));
    expect(order).toEqual([1, 2, 3, 4]);
    expect(log).toEqual(['open 1', 'open 2']);
    pool.close();
    expect(log.slice(2).sort()).toEqual(['close 1', 'close 2']);
  });

  it('closes one whose user gave up, and opens another in place of one that broke', async () => {
    const { pool, log } = createRig(1);
    const stop = new AbortController();
    const begun = Promise.withResolvers<void>();
    const using = pool.use(() => {
      begun.resolve();
      return new Promise(() => undefined);
    }, stop.signal);
    const other = pool.use(async (one) => {
      one.isClosed = true;
      return one.id;
    }, never);
    await begun.promise;
    stop.abort(new Error('stopped'));
    expect(log).toEqual(['open 1', 'close 1']);
    await expect(using).rejects.toThrow('stopped');
    expect(await other).toBe(2);
    expect(await pool.use(async ({ id }) => id, never)).toBe(3);
  });

  it('lets one that waits give up, and keeps the place of the others', async () => {
    const { pool } = createRig(1);
    const held = Promise.withResolvers<void>();
    const first = pool.use(() => held.promise, never);
    const stop = new AbortController();
    const second = pool.use(async () => 2, stop.signal);
    const third = pool.use(async () => 3, never);
    stop.abort(new Error('stopped'));
    await expect(second).rejects.toThrow('stopped');
    held.resolve();
    await first;
    expect(await third).toBe(3);
    await expect(pool.use(async () => 4, stop.signal)).rejects.toThrow('stopped');
  });
});
