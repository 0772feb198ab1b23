import type { Clock } from '../kernel/index.ts';
import type { MissedSlots } from '../node-kit/index.ts';
import type { NextSlot } from './next-fire-time.ts';

export interface ScheduledEntry {
  next: NextSlot;
  missed: MissedSlots;
  /** The point in time up to which slots were handled; earlier than now where the schedule was not watched. */
  after: number;
  /** Told the slots that are due, the oldest first. */
  fire(slots: readonly number[]): void;
}

export interface Scheduler {
  /** Puts these in the place of what the owner had. What is due at this moment still fires. */
  replace(owner: string, entries: readonly ScheduledEntry[]): void;
  remove(owner: string): void;
  stop(): void;
}

/**
 * Wall clocks jump (sleep, corrections) while timers count elapsed time, so the wall clock is looked at this often
 * at least.
 */
const LONGEST_SLEEP_MS = 30_000;
/** A slot that is found later than this was missed. Longer than it takes to find out that the machine woke up. */
const ON_TIME_MS = 60_000;
/** Of a schedule that makes up for all it missed, the latest. */
const MOST_MISSED = 100;

/**
 * One timer for all schedules, set to the earliest slot. Where the clock goes back, the slots that come again are fired
 * again: whoever is told them knows those that were handled.
 */
export function createScheduler(clock: Clock): Scheduler {
  let entries: Array<ScheduledEntry & { owner: string; slot: number }> = [];
  let cancelTimer: (() => void) | undefined;
  let lastTick = -Infinity;

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
    if (now < lastTick)
      for (const entry of entries) entry.slot = Math.min(entry.slot, entry.next(now) ?? Infinity);
    lastTick = now;
    const due = entries
      .filter(({ slot }) => slot <= now)
      .map((entry) => ({ entry, slots: dueSlots(entry, entry.slot, now) }));
    for (const { entry } of due) entry.slot = entry.next(now) ?? Infinity;
    // Those without a slot stay: the clock may go back.
    arm();
    for (const { entry, slots } of due) if (slots.length > 0) entry.fire(slots);
  };

  const drop = (owner: string) => {
    entries = entries.filter((entry) => entry.owner !== owner);
  };

  return {
    replace(owner, added) {
      tick();
      drop(owner);
      entries.push(...added.map((entry) => ({ ...entry, owner, slot: entry.next(entry.after) ?? Infinity })));
      arm();
    },
    remove(owner) {
      drop(owner);
      arm();
    },
    stop() {
      entries = [];
      arm();
    },
  };
}

/** Which of the slots from `first` to `now` are fired. */
function dueSlots({ next, missed }: ScheduledEntry, first: number, now: number): number[] {
  if (missed === 'all') return latestSlots(next, { first, now, most: MOST_MISSED });
  const latest = latestSlots(next, { first, now, most: 1 });
  return missed === 'last' ? latest : latest.filter((slot) => slot >= now - ON_TIME_MS);
}

/** Looks back from now, further and further: after a long sleep there are many slots. */
function latestSlots(next: NextSlot, range: { first: number; now: number; most: number }): number[] {
  const { first, now, most } = range;
  for (let lookBackMs = 60_000; ; lookBackMs *= 4) {
    const isWhole = now - lookBackMs <= first;
    const found: number[] = [];
    for (let at = isWhole ? first : next(now - lookBackMs); at !== null && at <= now; at = next(at))
      found.push(at);
    if (isWhole || found.length >= most) return found.slice(-most);
  }
}
