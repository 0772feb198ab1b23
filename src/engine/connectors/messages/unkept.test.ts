import { describe, expect, it } from 'vitest';
import { UnkeptMessages } from './unkept.ts';

describe('UnkeptMessages', () => {
  it('drops what comes while too many wait, and takes again once one is done', async () => {
    const messages = new UnkeptMessages(1);
    const stored = Promise.withResolvers<void>();
    const first = messages.take(() => stored.promise);
    expect(await messages.take(() => Promise.resolve())).toBe(false);
    stored.resolve();
    expect(await first).toBe(true);
    await expect(messages.take(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await messages.take(() => Promise.resolve())).toBe(true);
  });
});
