import type { Callback, ExecutionError } from '../../contract/index.ts';
import { EngineError, toExecutionError, type Clock, type Logger } from '../kernel/index.ts';
import type { HttpClient } from '../node-kit/index.ts';
import type { CallbackStore, DueCallback } from '../storage/index.ts';
import { signedHeaders } from './signed-headers.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
/** Pauses after failed attempts; after the last one, some 24 hours in, it is given up. */
const PAUSES = [
  ...[10 * SECOND, 30 * SECOND, 2 * MINUTE, 10 * MINUTE, 30 * MINUTE],
  ...[HOUR, 2 * HOUR, 4 * HOUR, 6 * HOUR, 10 * HOUR],
];
const CONCURRENCY = 8;
const TIMEOUT_MS = 30 * SECOND;
/** When storage could not be asked. */
const LOOK_AGAIN_MS = MINUTE;

export interface CallbackSender {
  /** Sends what is due, and from now on what becomes due. */
  wake(): void;
  /** Resolves when nothing is being sent; what was under way is sent again at the next start. */
  stop(): Promise<void>;
}

export interface CallbackServices {
  store: CallbackStore;
  http: HttpClient;
  clock: Clock;
  logger: Logger;
  reveal(credentialId: string): Promise<{ data: Record<string, string> }>;
  /** Something about the callbacks of that execution changed. */
  onChange(executionId: string): void;
  onGaveUp(callback: DueCallback, error: ExecutionError): void;
}

/**
 * Sends callbacks until they arrive or are given up. The rows are the queue: a process that dies leaves them due, and
 * one timer stands for all that are to be sent later.
 */
export function createCallbackSender(services: CallbackServices): CallbackSender {
  const { store, clock, logger } = services;
  const abort = new AbortController();
  const sending = new Map<string, Promise<void>>();
  let cancelTimer = () => {};
  let look: Promise<void> | null = null;
  let isAsked = false;

  async function send(callback: DueCallback): Promise<void> {
    const failure = await attempt(callback).then(
      () => null,
      (error: unknown) => toExecutionError(error),
    );
    if (abort.signal.aborted) return;
    const pause = PAUSES[callback.attempts];
    const at = clock.now();
    const status: Callback['status'] =
      failure === null ? 'delivered' : pause === undefined ? 'gave-up' : 'retrying';
    const nextAt = status === 'retrying' && pause !== undefined ? at + pause : null;
    await store.record(callback.id, { status, at, nextAt, error: failure });
    services.onChange(callback.executionId);
    if (status === 'gave-up' && failure) services.onGaveUp(callback, failure);
  }

  async function attempt({ id, url, body, credentialId }: DueCallback): Promise<void> {
    const secret = credentialId === null ? null : (await services.reveal(credentialId)).data.secret;
    const answer = await services.http.request({
      method: 'POST',
      url,
      headers: signedHeaders({ id, body, secret: secret ?? null, now: clock.now() }),
      secretHeaders: ['x-guixuflow-signature'],
      body,
      timeoutMs: TIMEOUT_MS,
      // A redirect could lead a signed body to where nobody meant it to go.
      followRedirects: false,
      signal: abort.signal,
    });
    for await (const _chunk of answer.body) if (abort.signal.aborted) return;
    if (answer.status < 200 || answer.status > 299)
      throw new EngineError('CALLBACK_REFUSED', { status: answer.status });
  }

  async function sendDue(): Promise<void> {
    while (isAsked && !abort.signal.aborted) {
      isAsked = false;
      cancelTimer();
      const free = CONCURRENCY - sending.size;
      // What is being sent is due until its row says otherwise.
      const due =
        free > 0 ? await store.due({ until: clock.now(), limit: free, except: [...sending.keys()] }) : [];
      for (const callback of due) {
        const sent = send(callback)
          .catch((error: unknown) =>
            logger.error(
              { err: error, callbackId: callback.id },
              'What came of a callback could not be stored',
            ),
          )
          .finally(() => {
            sending.delete(callback.id);
            wake();
          });
        sending.set(callback.id, sent);
      }
      if (sending.size > 0) continue;
      const next = await store.nextDue();
      if (next !== null) cancelTimer = clock.schedule(Math.max(0, next - clock.now()), wake);
    }
  }

  function wake(): void {
    if (abort.signal.aborted) return;
    isAsked = true;
    look ??= sendDue()
      .catch((error: unknown) => {
        logger.error({ err: error }, 'Callbacks could not be looked up');
        cancelTimer = clock.schedule(LOOK_AGAIN_MS, wake);
      })
      .finally(() => {
        look = null;
        if (isAsked) wake();
      });
  }

  return {
    wake,
    async stop() {
      abort.abort();
      cancelTimer();
      await look;
      await Promise.all(sending.values());
    },
  };
}
