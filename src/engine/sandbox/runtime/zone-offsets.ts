import { IANAZone } from 'luxon';

const DAY_MS = 86_400_000;
/**
 * Spans of time, the longest first. No zone changes twice within the longest one: the closest changes of any zone from
 * 1970 to 2040 are seven days apart (America/Noronha, October 2000). So a span with one offset at both ends has it
 * throughout.
 */
const SPANS_MS = [5 * DAY_MS, DAY_MS, DAY_MS / 24];
/** Boundaries remembered per zone and span. */
const MOST = 10_000;

type AskIntl = (this: IANAZone, ts: number) => number;

/** What is known of one zone. */
class ZoneOffsets {
  readonly #ask: (ts: number) => number;
  /** Per span the offset in minutes at the beginning of the n-th one since 1970. */
  readonly #boundaries: Array<Map<number, number>> = SPANS_MS.map(() => new Map());

  constructor(ask: (ts: number) => number) {
    this.#ask = ask;
  }

  at(ts: number): number {
    for (let level = 0; level < SPANS_MS.length; level++) {
      const span = Math.floor(ts / (SPANS_MS[level] as number));
      const offset = this.#boundary(level, span);
      if (offset === this.#boundary(level, span + 1)) return offset;
    }
    return this.#ask(ts);
  }

  #boundary(level: number, span: number): number {
    const known = this.#boundaries[level] as Map<number, number>;
    let offset = known.get(span);
    if (offset === undefined) {
      offset = this.#ask(span * (SPANS_MS[level] as number));
      if (known.size >= MOST) known.clear();
      known.set(span, offset);
    }
    return offset;
  }
}

/**
 * Luxon asks Intl for the offset of every instant, which takes microseconds and is most of what date arithmetic
 * costs. This remembers the offsets of spans of time, and asks Intl only close to a change.
 */
export function rememberZoneOffsets(): void {
  const askIntl = Reflect.get(IANAZone.prototype, 'offset') as AskIntl;
  const createZone = IANAZone.create.bind(IANAZone);
  const known = new Map<string, ZoneOffsets>();
  const offset = function (this: IANAZone, ts: number): number {
    const name: unknown = this.name;
    if (!Number.isFinite(ts) || typeof name !== 'string') return Reflect.apply(askIntl, this, [ts]);
    let zone = known.get(name);
    if (!zone) {
      // Not asked of `this`, which may be an object of the user's: what it says must not be remembered.
      const own = createZone(name);
      if (!own.isValid) return Reflect.apply(askIntl, this, [ts]);
      known.set(name, (zone = new ZoneOffsets((at) => Reflect.apply(askIntl, own, [at]))));
    }
    return zone.at(ts);
  };
  Object.defineProperty(IANAZone.prototype, 'offset', { value: offset, writable: true, configurable: true });
}
