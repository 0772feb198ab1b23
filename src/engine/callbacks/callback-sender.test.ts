import { createHmac } from 'node:crypto';
import { pino } from 'pino';
import { afterEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../kernel/fake-clock.ts';
import type { HttpRequest, HttpResponse } from '../node-kit/index.ts';
import type { CallbackStore, DueCallback } from '../storage/index.ts';
import { createCallbackSender, type CallbackSender } from './callback-sender.ts';

const HOUR = 3_600_000;
let sender: CallbackSender;
afterEach(() => sender.stop());

/** One callback in a store of its own, to a server that answers with these. */
function rig(answers: Array<number | Error>) {
  const clock = new FakeClock();
  const requests: HttpRequest[] = [];
  const records: Array<Parameters<CallbackStore['record']>[1]> = [];
  const gaveUp: string[] = [];
  const row: DueCallback & { nextAt: number | null } = {
    ...{ id: 'c1', executionId: 'e1', url: 'https://example.com/', attempts: 0, body: '{"a":1}' },
    ...{ createdAt: clock.now(), nextAt: clock.now(), credentialId: 'secret' },
  };
  const store: CallbackStore = {
    list: () => Promise.resolve([]),
    sendAgain: () => Promise.resolve(null),
    due: ({ until, except }) =>
      Promise.resolve(
        row.nextAt !== null && row.nextAt <= until && !except.includes(row.id) ? [{ ...row }] : [],
      ),
    nextDue: () => Promise.resolve(row.nextAt),
    record: (_id, attempt) => {
      records.push(attempt);
      row.nextAt = attempt.nextAt;
      row.attempts += 1;
      return Promise.resolve();
    },
  };
  sender = createCallbackSender({
    store,
    clock,
    logger: pino({ level: 'silent' }),
    http: {
      request: (request) => {
        requests.push(request);
        const answer = answers[requests.length - 1] ?? 500;
        if (answer instanceof Error) return Promise.reject(answer);
        const body = (async function* () {})();
        return Promise.resolve({ status: answer, body } as unknown as HttpResponse);
      },
    },
    reveal: () => Promise.resolve({ data: { secret: 'key' } }),
    onChange: () => undefined,
    onGaveUp: (_callback, error) => gaveUp.push(error.message),
  });
  const settle = async () => {
    for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
  };
  return { clock, requests, records, gaveUp, settle };
}

describe('the callback sender', () => {
  it('signs the body with the time', async () => {
    const { requests, records, settle, clock } = rig([204]);
    sender.wake();
    await settle();
    const headers = Object.fromEntries(requests[0]?.headers ?? []);
    const timestamp = String(Math.floor(clock.now() / 1000));
    const signature = createHmac('sha256', 'key').update(`${timestamp}.{"a":1}`).digest('hex');
    expect(headers).toEqual({
      'content-type': 'application/json',
      'x-guixuflow-delivery': 'c1',
      'x-guixuflow-timestamp': timestamp,
      'x-guixuflow-signature': `sha256=${signature}`,
    });
    expect(records).toEqual([{ status: 'delivered', at: clock.now(), nextAt: null, error: null }]);
  });

  it('tries again, later and later, with the same delivery id, and gives up after a day', async () => {
    const { requests, records, gaveUp, settle, clock } = rig([new Error('no route')]);
    const startedAt = clock.now();
    sender.wake();
    await settle();
    for (let step = 0; step < 40; step++) {
      const next = records.at(-1)?.nextAt;
      if (next === null || next === undefined) break;
      await clock.advance(next - clock.now());
      await settle();
    }
    expect(records[0]).toMatchObject({
      status: 'retrying',
      error: { message: 'no route' },
      nextAt: startedAt + 10_000,
    });
    expect(records.at(-1)).toMatchObject({ status: 'gave-up', nextAt: null });
    expect(gaveUp).toHaveLength(1);
    expect(requests).toHaveLength(11);
    const ids = requests.map(({ headers }) => Object.fromEntries(headers ?? [])['x-guixuflow-delivery']);
    expect(new Set(ids)).toEqual(new Set(['c1']));
    expect((clock.now() - startedAt) / HOUR).toBeGreaterThan(22);
    expect((clock.now() - startedAt) / HOUR).toBeLessThan(25);
  });

  it('stops trying once it has arrived', async () => {
    const { requests, records, settle, clock } = rig([500, 200]);
    sender.wake();
    await settle();
    await clock.advance(10_000);
    await settle();
    await clock.advance(48 * HOUR);
    await settle();
    expect(requests).toHaveLength(2);
    expect(records.map(({ status }) => status)).toEqual(['retrying', 'delivered']);
  });
});
