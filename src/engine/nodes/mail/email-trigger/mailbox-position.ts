import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { ImapClient } from '../../../connectors/mail/index.ts';
import type { ListenContext } from '../../../node-kit/index.ts';

/** A message told from others without its UID: when it came, and what it is. */
const Mark = z.tuple([z.number(), z.string()]);
type Mark = z.infer<typeof Mark>;

const Position = z.object({
  uidValidity: z.string(),
  /** Everything up to this UID is taken, or not to be, but for the backlog. */
  lastUid: z.number(),
  /** How much of the backlog is taken. */
  backlogTaken: z.number(),
  /** The last messages there were, for the day that UIDs say nothing any more. */
  recent: z.array(Mark),
});
type Position = z.infer<typeof Position>;

const Backlog = z.array(z.number());

/** As many of the last messages are known again when the mailbox gets other UIDs. */
const MOST_RECENT = 200;
const DAY_MS = 86_400_000;

interface Options {
  kept: ListenContext['kept'];
  /** Tells mailboxes apart, so that another one begins anew. */
  name: string;
  start: 'new' | 'unseen';
}

/**
 * Which messages of a mailbox are taken, kept by UIDVALIDITY and UID (RFC 3501, section 2.3.1.1): the same over connections,
 * restarts, and whatever else reads, marks or moves mail there.
 */
export class MailboxPosition {
  readonly #client: ImapClient;
  readonly #options: Options;
  #position: Position;
  #backlog: number[];

  private constructor(client: ImapClient, options: Options, position: Position, backlog: number[]) {
    this.#client = client;
    this.#options = options;
    this.#position = position;
    this.#backlog = backlog;
  }

  /** Goes on from what is kept, or begins. The mailbox is open. */
  static async open(client: ImapClient, options: Options): Promise<MailboxPosition> {
    const { kept, name, start } = options;
    const { uidValidity, lastUid } = stateOf(client);
    const known = Position.safeParse(await kept.get(name)).data;
    if (known?.uidValidity === uidValidity) {
      const backlog = Backlog.safeParse(await kept.get(`${name} backlog`)).data ?? [];
      return new MailboxPosition(client, options, known, backlog);
    }
    let backlog: number[] = [];
    let recent: Mark[];
    if (known) {
      recent = known.recent;
      backlog = await unknownOf(client, recent, lastUid);
    } else {
      recent = (await marksOf(client, lastUid, start)).slice(-MOST_RECENT);
      if (start === 'unseen') backlog = await find(client, { seen: false, uid: `1:${lastUid}` }, lastUid);
    }
    const position = { uidValidity, lastUid, backlogTaken: 0, recent };
    // In this order: without its position a backlog is made anew.
    await kept.set(`${name} backlog`, backlog);
    await kept.set(name, position);
    return new MailboxPosition(client, options, position, backlog);
  }

  get uidValidity(): string {
    return this.#position.uidValidity;
  }

  /** What is to be taken now, the oldest first. */
  async next(): Promise<number[]> {
    const { lastUid, backlogTaken } = this.#position;
    // `n:*` always finds the last message, even where that is before n.
    const found = await find(this.#client, { uid: `${lastUid + 1}:*` });
    return [...this.#backlog.slice(backlogTaken), ...found.filter((uid) => uid > lastUid)];
  }

  /** Stores that it is taken; to be told in the order of `next`. */
  async taken(uid: number, mark: Mark | null): Promise<void> {
    const { lastUid, backlogTaken, recent } = this.#position;
    const isBacklog = this.#backlog[backlogTaken] === uid;
    this.#position = {
      ...this.#position,
      lastUid: isBacklog ? lastUid : uid,
      backlogTaken: isBacklog ? backlogTaken + 1 : backlogTaken,
      recent: mark ? [...recent, mark].slice(-MOST_RECENT) : recent,
    };
    await this.#options.kept.set(this.#options.name, this.#position);
  }
}

/** What a message is known by when its UID is another one. */
export function markOf(about: { receivedAt: number; messageId: string | null; size: number }): Mark {
  const { receivedAt, messageId, size } = about;
  const text = JSON.stringify([receivedAt, messageId, size]);
  return [receivedAt, createHash('sha256').update(text).digest('base64url').slice(0, 16)];
}

function stateOf({ mailbox }: ImapClient): { uidValidity: string; lastUid: number } {
  if (!mailbox) throw Object.assign(new Error('No mailbox is open'), { code: 'NoConnection' });
  return { uidValidity: String(mailbox.uidValidity), lastUid: mailbox.uidNext - 1 };
}

async function find(
  client: ImapClient,
  query: Parameters<ImapClient['search']>[0],
  last = 1,
): Promise<number[]> {
  if (last < 1) return [];
  const found = await client.search(query, { uid: true });
  if (!found) throw Object.assign(new Error('The server did not search'), { code: 'NoConnection' });
  return found.toSorted((a, b) => a - b);
}

async function marks(client: ImapClient, uids: readonly number[]): Promise<Array<[uid: number, mark: Mark]>> {
  const all: Array<[number, Mark]> = [];
  if (uids.length === 0) return all;
  const query = { uid: true, internalDate: true, size: true, envelope: true };
  for await (const message of client.fetch([...uids], query, { uid: true })) {
    const { uid, internalDate, size = 0, envelope } = message;
    const receivedAt = new Date(internalDate ?? 0).getTime();
    all.push([uid, markOf({ receivedAt, messageId: envelope?.messageId ?? null, size })]);
  }
  return all.sort(([a], [b]) => a - b);
}

/** The last messages that are there and not to be taken. */
async function marksOf(client: ImapClient, lastUid: number, start: 'new' | 'unseen'): Promise<Mark[]> {
  const query = start === 'new' ? { all: true } : { seen: true };
  const uids = await find(client, query, lastUid);
  return (await marks(client, uids.slice(-MOST_RECENT))).map(([, mark]) => mark);
}

/** Messages of a mailbox with new UIDs that came no earlier than those that are known, and are none of them. */
async function unknownOf(client: ImapClient, recent: readonly Mark[], lastUid: number): Promise<number[]> {
  const since = recent.length === 0 ? 0 : Math.min(...recent.map(([receivedAt]) => receivedAt));
  const uids = await find(client, { since: new Date(Math.max(0, since - DAY_MS)) }, lastUid);
  const counts = new Map<string, number>();
  for (const [, text] of recent) counts.set(text, (counts.get(text) ?? 0) + 1);
  return (await marks(client, uids))
    .filter(([, [receivedAt, text]]) => {
      if (receivedAt < since) return false;
      const left = counts.get(text) ?? 0;
      counts.set(text, left - 1);
      return left <= 0;
    })
    .map(([uid]) => uid);
}
