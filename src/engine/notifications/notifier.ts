import type { Notification } from '../../contract/index.ts';
import type { Clock, Logger } from '../kernel/index.ts';
import type { NotificationStore } from '../storage/index.ts';

/** More are not kept. */
const KEPT = 200;
/** A workflow that fails a thousand times a second is written once a second. */
const COLLECT_MS = 1000;

export interface Notifier {
  /** Tells people, soon. What happens again meanwhile is counted. */
  tell(notification: Omit<Notification, 'read' | 'count' | 'at'>): void;
  /** Takes a notification back. */
  remove(subject: string): void;
  /** Stores what has not been. */
  flush(): Promise<void>;
}

export function createNotifier(services: {
  store: NotificationStore;
  clock: Clock;
  logger: Logger;
  onChange(): void;
}): Notifier {
  const { store, clock, logger } = services;
  const told = new Map<string, Omit<Notification, 'read'>>();
  let cancelTimer: (() => void) | null = null;
  let last: Promise<void> = Promise.resolve();

  function write(work: () => Promise<void>): Promise<void> {
    last = last.then(work).then(services.onChange, (error: unknown) => {
      logger.error({ err: error }, 'Notifications could not be stored');
    });
    return last;
  }

  function flush(): Promise<void> {
    cancelTimer?.();
    cancelTimer = null;
    if (told.size === 0) return last;
    const batch = [...told.values()];
    told.clear();
    return write(() => store.add(batch, KEPT));
  }

  return {
    tell(notification) {
      const count = (told.get(notification.subject)?.count ?? 0) + 1;
      told.set(notification.subject, { ...notification, count, at: clock.now() });
      cancelTimer ??= clock.schedule(COLLECT_MS, () => void flush());
    },
    remove(subject) {
      told.delete(subject);
      void write(() => store.remove(subject));
    },
    flush,
  };
}
