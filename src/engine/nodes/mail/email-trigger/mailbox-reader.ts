import type { Item } from '../../../../contract/index.ts';
import { readMessage, type ImapClient, type ReadOptions } from '../../../connectors/mail/index.ts';
import { markOf, type MailboxPosition } from './mailbox-position.ts';

interface Options {
  read: ReadOptions;
  after: 'nothing' | 'seen' | 'move';
  moveTo: string;
  /** Takes one message and leaves everything as it is. */
  isTest: boolean;
  /** Resolves once the message is stored. */
  take(item: Item, uid: number): Promise<void>;
  /** The server did not mark or move a message that is stored. */
  onLeft(uid: number): void;
}

/** Takes the messages of the mailbox that is open, one after the other, and waits for more. */
export class MailboxReader {
  readonly #client: ImapClient;
  readonly #position: MailboxPosition;
  readonly #options: Options;
  #hasNews = false;
  #wake: () => void = () => undefined;

  constructor(client: ImapClient, position: MailboxPosition, options: Options) {
    this.#client = client;
    this.#position = position;
    this.#options = options;
    client.on('exists', () => {
      this.#hasNews = true;
      this.#wake();
    });
  }

  /** Rejects when the connection is lost, and when a message could not be stored. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      this.#hasNews = false;
      for (const uid of await this.#position.next()) {
        signal.throwIfAborted();
        const isTaken = await this.#take(uid);
        if (isTaken && this.#options.isTest) return;
      }
      await this.#waitForNews();
    }
  }

  /** False where the message is gone: someone else moved it. */
  async #take(uid: number): Promise<boolean> {
    const { read, take, isTest } = this.#options;
    const item = await readMessage(this.#client, uid, read);
    if (item) await take(item, uid);
    if (isTest) return item !== null;
    if (item) await this.#tidy(uid);
    // Last of all: what a crash interrupts is done again, and begins nothing then.
    await this.#position.taken(uid, item && markOfItem(item));
    return item !== null;
  }

  async #tidy(uid: number): Promise<void> {
    const { after, moveTo, onLeft } = this.#options;
    const range = String(uid);
    const isDone =
      after === 'nothing' ||
      (after === 'seen'
        ? await this.#client.messageFlagsAdd(range, ['\\Seen'], { uid: true })
        : await this.#client.messageMove(range, moveTo, { uid: true }));
    if (!isDone) onLeft(uid);
  }

  /** The server tells of new messages by itself (IDLE), or is asked from time to time where it cannot. */
  async #waitForNews(): Promise<void> {
    if (this.#hasNews) return;
    const news = new Promise<void>((resolve) => (this.#wake = resolve));
    await Promise.race([news, this.#client.idle()]);
  }
}

function markOfItem({ json }: Item): ReturnType<typeof markOf> {
  const { receivedAt, messageId, size } = json as {
    receivedAt: string | null;
    messageId: string | null;
    size: number;
  };
  return markOf({ receivedAt: Date.parse(receivedAt ?? '') || 0, messageId, size });
}
