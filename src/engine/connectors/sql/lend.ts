/** How connections of one kind of pool are lent. */
export interface Lender<C> {
  take(): Promise<C>;
  /** Back into the pool, or away with it. */
  give(connection: C, isBroken: boolean): void;
  /** Ends on the server what the connection does, over another one. */
  cancel(connection: C): Promise<void>;
  /** Listens for the loss of the connection; gives what ends that. */
  onLost(connection: C, lost: (error: unknown) => void): () => void;
  /** Whether the connection is as good as before after this failure. */
  isHarmless(error: unknown): boolean;
}

/** Lends a connection for as long as `work` takes; when `signal` is aborted, what runs on the server is cancelled. */
export async function lend<C, R>(
  lender: Lender<C>,
  signal: AbortSignal,
  work: (connection: C) => Promise<R>,
): Promise<R> {
  signal.throwIfAborted();
  const connection = await lender.take();
  const lost = Promise.withResolvers<never>();
  lost.promise.catch(() => undefined);
  // Who waits for rows may not hear that the connection is gone, and an error nobody listens for would end the process.
  const unlisten = lender.onLost(connection, lost.reject);
  // A server that cannot be told to stop is not waited for either.
  const cancel = () => void lender.cancel(connection).catch(lost.reject);
  signal.addEventListener('abort', cancel, { once: true });
  let isBroken = false;
  try {
    signal.throwIfAborted();
    const result = await Promise.race([work(connection), lost.promise]);
    // Some statements end without a failure when they are cancelled.
    signal.throwIfAborted();
    return result;
  } catch (error) {
    // In the middle of something nobody knows how it stands.
    isBroken = !lender.isHarmless(error);
    throw error;
  } finally {
    signal.removeEventListener('abort', cancel);
    unlisten();
    lender.give(connection, isBroken || signal.aborted);
  }
}
