import { domainToASCII } from 'node:url';
import { Readable } from 'node:stream';
import type { SendMailOptions } from 'nodemailer';
import parseAddresses from 'nodemailer/lib/addressparser';
import type { BinaryReference } from '../../../contract/index.ts';
import { baseName, NodeError, type BinaryStore } from '../../node-kit/index.ts';

/** A mail to be sent, as people fill it in. Addresses are as in a mail program: `Li Wei <li@example.com>, b@example.com`. */
export interface OutgoingMail {
  from: string;
  to: string;
  cc?: string;
  bcc?: string;
  replyTo?: string;
  subject: string;
  text?: string;
  html?: string;
  /** The message that this one answers. */
  inReplyTo?: string;
  priority?: 'high' | 'normal' | 'low';
  messageId?: string;
  headers?: ReadonlyArray<{ name: string; value: string }>;
  files?: readonly OutgoingFile[];
}

export interface OutgoingFile {
  field: string;
  reference: BinaryReference;
  /** Set where the text in HTML shows it, as `cid:…`. */
  contentId?: string;
}

/** Headers that the other settings make. */
const OWN_HEADERS =
  /^(?:from|sender|to|cc|bcc|reply-to|subject|date|message-id|in-reply-to|references|mime-version|content-.+|dkim-signature)$/i;
const HEADER_NAME = /^[\x21-\x39\x3b-\x7e]+$/;
const MIME_TYPE = /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+$/;

/**
 * The message for the driver; files are read while it is sent. `key` becomes its Message-ID, so that it is the same
 * whenever the message is sent again. Throws PARAMETER_INVALID where a line break would begin a header of someone
 * else's making.
 */
export function outgoingMessage(
  mail: OutgoingMail,
  { key, store }: { key: string; store: BinaryStore },
): SendMailOptions {
  const { headers = [], files = [], text, html, inReplyTo, priority } = mail;
  const line = (field: string, value: string | undefined) => oneLine(field, value ?? '');
  const cc = line('cc', mail.cc);
  const bcc = line('bcc', mail.bcc);
  const replyTo = line('replyTo', mail.replyTo);
  const answered = line('inReplyTo', inReplyTo);
  const to = line('to', mail.to);
  if (addressesIn(`${to},${cc},${bcc}`).length === 0) throw invalid('to', 'it holds no e-mail address');
  const from = line('from', mail.from);
  const [sender] = addressesIn(from);
  if (sender === undefined) throw invalid('from', 'it holds no e-mail address');
  return {
    from,
    to,
    ...(cc && { cc }),
    ...(bcc && { bcc }),
    ...(replyTo && { replyTo }),
    subject: line('subject', mail.subject),
    ...(text !== undefined && { text }),
    ...(html !== undefined && { html }),
    ...(answered && { inReplyTo: answered, references: answered }),
    ...(priority && priority !== 'normal' && { priority }),
    messageId: line('messageId', mail.messageId) || `<${key}@${domainOf(sender)}>`,
    headers: headers.map(checkedHeader),
    attachments: files.map(({ field, reference, contentId }) => ({
      filename: baseName(reference.fileName ?? field),
      contentType: MIME_TYPE.test(reference.mimeType) ? reference.mimeType : 'application/octet-stream',
      content: Readable.from(store.stream(reference)),
      ...(contentId && {
        cid: line('inlineImages', contentId).replace(/^<|>$/g, ''),
        contentDisposition: 'inline' as const,
      }),
    })),
  };
}

function checkedHeader({ name, value }: { name: string; value: string }): { key: string; value: string } {
  if (!HEADER_NAME.test(name)) throw invalid('headers', `"${name}" is no name of a header`);
  if (OWN_HEADERS.test(name)) throw invalid('headers', `"${name}" is set by the fields of the node`);
  return { key: name, value: oneLine('headers', value) };
}

function oneLine(field: string, value: string): string {
  const text = value.trim();
  if (/[\0\r\n]/.test(text)) throw invalid(field, 'it must be a single line');
  return text;
}

function addressesIn(text: string): string[] {
  return parseAddresses(text, { flatten: true }).flatMap(({ address }) =>
    address !== undefined && /.@./.test(address) ? [address] : [],
  );
}

function domainOf(address: string): string {
  return domainToASCII(address.slice(address.lastIndexOf('@') + 1)) || 'localhost';
}

function invalid(field: string, reason: string): NodeError {
  return new NodeError('PARAMETER_INVALID', { field, parameter: field, reason });
}
