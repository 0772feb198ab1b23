import { IANAZone } from 'luxon';

/** Two changes of a zone are never this close, so a day with one offset at both ends has it throughout. */
const DAY_MS = 86_400_000;
const MAX_DAYS = 4000;

/** Offset in minutes, or null for a day in which it changes. By zone and day. */
const known = new Map<string, number | null>();

/**
 * Luxon asks Intl for the offset of every instant, which takes microseconds and is most of what date arithmetic
 * costs. This remembers the offset of whole days; within a day that has a change, Intl is asked as before.
 */
export function rememberZoneOffsets(): void {
  const askIntl = Reflect.get(IANAZone.prototype, 'offset') as (this: IANAZone, ts: number) => number;
  const createZone = IANAZone.create.bind(IANAZone);
  const offset = function (this: IANAZone, ts: number): number {
    const day = Math.floor(ts / DAY_MS);
    const name: unknown = this.name;
    if (!Number.isFinite(day) || typeof name !== 'string') return Reflect.apply(askIntl, this, [ts]);
    const key = `${day} ${name}`;
    let found = known.get(key);
    if (found === undefined) {
      // Not asked of `this`, which may be an object of the user's: what it says must not be remembered.
      const zone = createZone(name);
      const first = Reflect.apply(askIntl, zone, [day * DAY_MS]);
      const last = Reflect.apply(askIntl, zone, [(day + 1) * DAY_MS]);
      found = first === last ? first : null;
      if (known.size >= MAX_DAYS) known.clear();
      known.set(key, found);
    }
    return found ?? Reflect.apply(askIntl, this, [ts]);
  };
  Object.defineProperty(IANAZone.prototype, 'offset', { value: offset, writable: true, configurable: true });
}
