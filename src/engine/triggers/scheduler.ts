import type { Clock } from '../kernel/index.ts';
import type { NextSlot } from './next-fire-time.ts';

export interface ScheduledEntry {
  owner: string;
  next: NextSlot;
  /** Told the slot's time, which may be a little past. */
  fire(slot: number): void;
}

export interface Scheduler {
  add(entries: readonly ScheduledEntry[]): void;
  /** Removes every entry of that owner. */
  remove(owner: string): void;
  stop(): void;
}

/**
 * Wall clocks jump (sleep, corrections) while timers count elapsed time, so the wall clock is looked at this often
 * at least.
 */
const LONGEST_SLEEP_MS = 30_000;

/** One timer for all schedules, set to the earliest slot. Slots that were missed while asleep fire once, as the latest. */
export function createScheduler(clock: Clock): Scheduler {
  let entries: Array<ScheduledEntry & { slot: number }> = [];
  let cancelTimer: (() => void) | undefined;

  const arm = () => {
    cancelTimer?.();
    cancelTimer = undefined;
    if (entries.length === 0) return;
    // A plain scan: ten thousand entries take less time than starting the one execution that follows.
    const earliest = entries.reduce((least, { slot }) => Math.min(least, slot), Infinity);
    const delay = Math.min(Math.max(earliest - clock.now(), 0), LONGEST_SLEEP_MS);
    cancelTimer = clock.schedule(delay, tick);
  };

  const tick = () => {
    const now = clock.now();
    const due = entries
      .filter(({ slot }) => slot <= now)
      .map((entry) => ({ entry, slot: latestSlot(entry.next, entry.slot, now) }));
    for (const { entry } of due) entry.slot = entry.next(now) ?? Infinity;
    entries = entries.filter(({ slot }) => slot !== Infinity);
    arm();
    for (const { entry, slot } of due) entry.fire(slot);
  };

  return {
    add(added) {
      for (const entry of added) {
        const slot = entry.next(clock.now());
        if (slot !== null) entries.push({ ...entry, slot });
      }
      arm();
    },
    remove(owner) {
      entries = entries.filter((entry) => entry.owner !== owner);
      arm();
    },
    stop() {
      entries = [];
      arm();
    },
  };
}

/** The last slot up to `now`, `slot` being one of them. Looks back from now: after a long sleep there are many. */
function latestSlot(next: NextSlot, slot: number, now: number): number {
  let latest = slot;
  for (const lookBackMs of [60_000, 3_600_000, 86_400_000, 32 * 86_400_000]) {
    if (now - lookBackMs <= slot) break;
    const found = next(now - lookBackMs);
    if (found === null || found > now) continue;
    latest = found;
    break;
  }
  for (let following = next(latest); following !== null && following <= now; following = next(latest)) {
    latest = following;
  }
  return latest;
}
