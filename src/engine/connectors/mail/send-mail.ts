import type { BinaryStore } from '../../node-kit/index.ts';
import type { Settings } from '../connector-user.ts';

import { outgoingMessage, type OutgoingMail } from './outgoing-message.ts';
import { smtpFailure } from './smtp-failure.ts';
import type { SmtpTransport } from './smtp-transport.ts';

/** What the server made of a mail. */
export interface SentMail {
  messageId: string;
  /** Addresses that it took the mail for. */
  accepted: string[];
  rejected: Array<{ address: string; reason: string }>;
  /** The server's words. */
  response: string;
}

interface Options {
  settings: Settings;
  key: string;
  store: BinaryStore;
  signal: AbortSignal;
}

/**
 * Sends a mail; resolves once the server has taken it for at least one recipient. Throws PARAMETER_INVALID and what
 * `smtpFailure` gives. Where it is aborted, nobody knows whether the server took it.
 */
export async function sendMail(
  transport: SmtpTransport,
  mail: OutgoingMail,
  { settings, key, store, signal }: Options,
): Promise<SentMail> {
  const message = outgoingMessage(mail, { key, store });
  const sent = await transport.sendMail({ ...message, signal }).catch((error: unknown) => {
    signal.throwIfAborted();
    throw smtpFailure(error, settings);
  });
  const addressOf = (given: string | { address: string }) =>
    typeof given === 'string' ? given : given.address;
  const errors = sent.rejectedErrors ?? [];
  return {
    messageId: sent.messageId,
    accepted: sent.accepted.map(addressOf),
    rejected: sent.rejected.map((given) => {
      const address = addressOf(given);
      const { response, message: words = '' } = errors.find(({ recipient }) => recipient === address) ?? {};
      return { address, reason: response ?? words };
    }),
    response: sent.response,
  };
}
