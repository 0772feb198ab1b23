import PostalMime, { decodeWords, type Address, type Header } from 'postal-mime';

export interface MailAddress {
  name: string;
  address: string;
}

/** The largest head of a message that is looked at; the rest of a larger one is left out. */
const MOST_BYTES = 512 * 1024;

/** What the head of a message says, decoded. Bytes that are no UTF-8 become �. */
export async function readHeaders(head: Uint8Array): Promise<Record<string, unknown>> {
  const mail = await PostalMime.parse(head.subarray(0, MOST_BYTES));
  return {
    messageId: mail.messageId ?? null,
    subject: mail.subject ?? '',
    from: mail.from ? (flatten([mail.from])[0] ?? null) : null,
    to: flatten(mail.to),
    cc: flatten(mail.cc),
    replyTo: flatten(mail.replyTo),
    date: mail.date ?? null,
    inReplyTo: mail.inReplyTo ?? null,
    references: mail.references?.split(/\s+/).filter(Boolean) ?? [],
    headers: byName(mail.headers),
  };
}

/** Names of groups are of no use to who answers. */
function flatten(addresses: readonly Address[] = []): MailAddress[] {
  return addresses.flatMap((one) =>
    one.group
      ? one.group.map(({ name, address }) => ({ name, address }))
      : [{ name: one.name, address: one.address }],
  );
}

/** A header that is there several times is a list. */
function byName(headers: readonly Header[]): Record<string, string | string[]> {
  const values = new Map<string, string | string[]>();
  for (const { key, value } of headers) {
    const text = decodeWords(value);
    const before = values.get(key);
    values.set(key, before === undefined ? text : [before, text].flat());
  }
  return Object.fromEntries(values);
}
