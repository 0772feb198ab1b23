import { hash } from 'node:crypto';
import type { Clock } from '../kernel/index.ts';
import type { Connections, Connector } from '../node-kit/index.ts';

export interface OpenConnections extends Connections {
  /** Closes those that nobody uses, and every other one as its last user is done. */
  close(): Promise<void>;
}

interface Entry {
  users: number;
  opening: Promise<unknown>;
  /** Set once it is open. */
  opened?: { connection: unknown };
  /** Ends an attempt that nobody waits for any more. */
  attempt: AbortController;
  close(connection: unknown): void | Promise<void>;
  isUsable(connection: unknown): boolean;
  stopIdling(): void;
}

/** Shares connections among the nodes of all executions; one that nobody used for `idleMs` is closed. */
export function createConnections(options: {
  clock: Clock;
  idleMs: number;
  /** A connection did not close as it should. */
  onCloseFailure(error: unknown): void;
}): OpenConnections {
  const { clock, idleMs, onCloseFailure } = options;
  const entries = new Map<string, Entry>();
  const closing = new Set<Promise<void>>();
  let isClosed = false;

  function begin<S, C>(connector: Connector<S, C>, settings: S): Entry {
    const attempt = new AbortController();
    const entry: Entry = {
      users: 0,
      opening: connector.open(settings, attempt.signal).then((connection) => {
        entry.opened = { connection };
        return connection;
      }),
      attempt,
      close: (connection) => connector.close(connection as C),
      isUsable: (connection) => connector.isUsable?.(connection as C) ?? true,
      stopIdling: () => undefined,
    };
    return entry;
  }

  function drop(key: string, entry: Entry): void {
    entry.stopIdling();
    if (entries.get(key) === entry) entries.delete(key);
    if (entry.users > 0) return;
    entry.attempt.abort();
    const ended = entry.opening
      .then((connection) => entry.close(connection))
      // A connection that could not be opened has told its users so.
      .catch((error: unknown) => (entry.opened ? onCloseFailure(error) : undefined))
      .then(() => void closing.delete(ended));
    closing.add(ended);
  }

  return {
    async use(connector, settings, work, signal) {
      signal?.throwIfAborted();
      const key = `${connector.kind} ${hash('sha256', JSON.stringify(settings), 'base64url')}`;
      let entry = entries.get(key);
      if (entry?.opened && !entry.isUsable(entry.opened.connection)) {
        drop(key, entry);
        entry = undefined;
      }
      if (!entry) {
        entry = begin(connector, settings);
        entries.set(key, entry);
      }
      entry.stopIdling();
      entry.users++;
      let isOpen = false;
      try {
        const connection = await unlessAborted(entry.opening, signal);
        isOpen = true;
        return await work(connection as Parameters<typeof work>[0]);
      } finally {
        entry.users--;
        const isCurrent = entries.get(key) === entry;
        const isLost = isOpen && entry.opened && !entry.isUsable(entry.opened.connection);
        if (!isOpen ? entry.users === 0 || !entry.opened : !isCurrent || isLost || isClosed) drop(key, entry);
        else if (entry.users === 0) {
          const idle = entry;
          idle.stopIdling = clock.schedule(idleMs, () => drop(key, idle));
        }
      }
    },
    async close() {
      isClosed = true;
      for (const [key, entry] of entries) drop(key, entry);
      await Promise.all(closing);
    },
  };
}

function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return promise;
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(signal.reason as Error);
    signal.addEventListener('abort', onAbort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}
