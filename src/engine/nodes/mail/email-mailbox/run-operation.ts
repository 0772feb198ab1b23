import type { Item } from '../../../../contract/index.ts';
import { readMessage, type ImapClient, type ReadOptions } from '../../../connectors/mail/index.ts';
import { derive, NodeError } from '../../../node-kit/index.ts';
import type { EmailMailboxSettings } from './email-mailbox-parameters.ts';
import { searchQuery } from './search-query.ts';

const MB = 1024 * 1024;

const FLAGS = {
  seen: ['\\Seen', true],
  unseen: ['\\Seen', false],
  flagged: ['\\Flagged', true],
  unflagged: ['\\Flagged', false],
  answered: ['\\Answered', true],
} as const;

interface About {
  item: Item;
  index: number;
  store: ReadOptions['store'];
  signal: AbortSignal;
}

/** Does what the settings say for one item, and gives the items that come of it. */
export async function runOperation(
  client: ImapClient,
  settings: EmailMailboxSettings,
  about: About,
): Promise<Item[]> {
  const { operation, mailbox } = settings;
  if (operation === 'mailboxes') {
    const found = await client.list();
    return found.map(({ path, name, delimiter, specialUse, flags }) => ({
      json: { path, name, delimiter, specialUse: specialUse ?? null, flags: [...flags] },
    }));
  }
  // Only one of those who share the client works in a mailbox at a time.
  const lock = await client.getMailboxLock(mailbox);
  try {
    about.signal.throwIfAborted();
    return await inMailbox(client, settings, about);
  } finally {
    lock.release();
  }
}

async function inMailbox(client: ImapClient, settings: EmailMailboxSettings, about: About): Promise<Item[]> {
  const { operation, uid, moveTo, mark, files, maxFileMb, content } = settings;
  const { store, signal } = about;
  const read = { files, maxFileBytes: maxFileMb * MB, store, signal };
  if (operation === 'search') {
    const found: Item[] = [];
    for (const one of await search(client, settings)) {
      signal.throwIfAborted();
      const message = await readMessage(client, one, { ...read, content });
      if (message) found.push(message);
    }
    return found;
  }
  checkValidity(client, settings);
  const range = String(uid);
  if (operation === 'read') {
    const message = await readMessage(client, uid, { ...read, content: 'full' });
    if (message) return [message];
    throw refused(`there is no message with the UID ${uid} in "${settings.mailbox}"`);
  }
  const isThere = await client.fetchOne(range, { uid: true }, { uid: true });
  const { item, index } = about;
  const result = (changed: boolean) => [derive({ ...item.json, changed }, index, 0, item.binary)];
  // Done before: the same is asked again, after a crash.
  if (!isThere) return result(false);
  if (!(await change())) throw refused(`the server did not ${operation} the message ${uid}`);
  return result(true);

  function change(): Promise<unknown> {
    if (operation === 'move') return client.messageMove(range, moveTo, { uid: true });
    if (operation === 'delete') return client.messageDelete(range, { uid: true });
    const [flag, isSet] = FLAGS[mark];
    return isSet
      ? client.messageFlagsAdd(range, [flag], { uid: true })
      : client.messageFlagsRemove(range, [flag], { uid: true });
  }
}

/** The newest first. */
async function search(client: ImapClient, settings: EmailMailboxSettings): Promise<number[]> {
  const found = await client.search(searchQuery(settings), { uid: true });
  if (!found) throw refused('the server did not search');
  return found.toSorted((a, b) => b - a).slice(0, settings.most);
}

/** A UID means another message once the mailbox was made anew. */
function checkValidity({ mailbox }: ImapClient, { uidValidity, uid }: EmailMailboxSettings): void {
  if (uidValidity && mailbox && String(mailbox.uidValidity) !== uidValidity)
    throw refused(`the mailbox was made anew, and the UID ${uid} is that of another message by now`);
}

function refused(reason: string): NodeError {
  return new NodeError('SERVICE_REFUSED', { service: 'IMAP', reason });
}
