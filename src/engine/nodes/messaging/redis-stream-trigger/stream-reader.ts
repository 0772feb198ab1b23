import type { RedisClient } from '../../../connectors/redis/index.ts';

/** How long the server holds a question for new entries; a stop is noticed after that at the latest. */
const BLOCK_MS = 500;

export interface StreamEntry {
  id: string;
  fields: Record<string, string>;
}

interface Options {
  stream: string;
  group: string;
  consumer: string;
  inFlight: number;
  claimAfterSeconds: number;
  now(): number;
  /** Resolves once the entry is stored; only then is it acknowledged. */
  take(entry: StreamEntry): Promise<void>;
  /** It stays pending, and is claimed again later. */
  onRefused(error: unknown, id: string): void;
}

/** Makes the group, and the stream, where they are not there. */
export async function ensureGroup(
  client: RedisClient,
  { stream, group, start }: { stream: string; group: string; start: 'new' | 'beginning' },
): Promise<void> {
  try {
    await client.xGroupCreate(stream, group, start === 'new' ? '$' : '0', { MKSTREAM: true });
  } catch (error) {
    if (!String(error).includes('BUSYGROUP')) throw error;
  }
}

/** Reads a stream as one consumer of a group: first what it had taken before, then what others left, and what is new. */
export class StreamReader {
  readonly #client: RedisClient;
  readonly #options: Options;
  readonly #underWay = new Set<Promise<void>>();
  #claimedAt = -Infinity;

  constructor(client: RedisClient, options: Options) {
    this.#client = client;
    this.#options = options;
  }

  /** Rejects when the connection is lost. */
  async run(signal: AbortSignal): Promise<void> {
    await this.#takeOwn(signal);
    while (!signal.aborted) {
      await this.#claimStale();
      const room = this.#options.inFlight - this.#underWay.size;
      if (room <= 0) await Promise.race(this.#underWay);
      else this.#begin(await this.#read('>', room));
    }
  }

  /** Resolves once nothing is under way any more. */
  async settle(): Promise<void> {
    await Promise.all(this.#underWay);
  }

  /** Entries that were delivered to this consumer before a stop or a crash, and not acknowledged. */
  async #takeOwn(signal: AbortSignal): Promise<void> {
    for (let after = '0'; !signal.aborted;) {
      const entries = await this.#read(after, this.#options.inFlight);
      if (entries.length === 0) return;
      this.#begin(entries);
      await this.settle();
      after = entries.at(-1)?.id ?? after;
    }
  }

  /** Entries of consumers that are gone, and those that could not start the workflow before. */
  async #claimStale(): Promise<void> {
    const { stream, group, consumer, claimAfterSeconds, inFlight, now } = this.#options;
    const idleMs = claimAfterSeconds * 1000;
    if (now() - this.#claimedAt < idleMs) return;
    this.#claimedAt = now();
    for (let cursor = '0-0'; ;) {
      const { nextId, messages } = await this.#client.xAutoClaim(stream, group, consumer, idleMs, cursor, {
        COUNT: inFlight,
      });
      this.#begin(
        messages.flatMap((message) => (message ? [{ id: message.id, fields: message.message }] : [])),
      );
      await this.settle();
      if (nextId === '0-0') return;
      cursor = nextId;
    }
  }

  async #read(after: string, count: number): Promise<StreamEntry[]> {
    const { stream, group, consumer } = this.#options;
    const answer = (await this.#client.xReadGroup(
      group,
      consumer,
      { key: stream, id: after },
      { COUNT: count, ...(after === '>' && { BLOCK: BLOCK_MS }) },
    )) as Array<{ messages: Array<{ id: string; message: Record<string, string> }> }> | null;
    return (answer?.[0]?.messages ?? []).map(({ id, message }) => ({ id, fields: { ...message } }));
  }

  #begin(entries: readonly StreamEntry[]): void {
    const { stream, group, take, onRefused } = this.#options;
    for (const entry of entries) {
      const taken = take(entry)
        .then(
          () => this.#client.xAck(stream, group, entry.id),
          (error: unknown) => onRefused(error, entry.id),
        )
        // Without its acknowledgement it comes again, and begins nothing then.
        .catch(() => undefined)
        .then(() => void this.#underWay.delete(taken));
      this.#underWay.add(taken);
    }
  }
}
