import type { SearchObject } from 'imapflow';
import { NodeError } from '../../../node-kit/index.ts';
import type { EmailMailboxSettings } from './email-mailbox-parameters.ts';

/** What is looked for, in the server's terms: all of it must fit. Throws PARAMETER_INVALID for what is no date. */
export function searchQuery({
  state,
  conditions,
}: Pick<EmailMailboxSettings, 'state' | 'conditions'>): SearchObject {
  const { from, to, subject, text, messageId, since, before } = conditions;
  return {
    all: true,
    ...(state === 'seen' && { seen: true }),
    ...(state === 'unseen' && { seen: false }),
    ...(state === 'flagged' && { flagged: true }),
    ...(from && { from }),
    ...(to && { to }),
    ...(subject && { subject }),
    ...(text && { text }),
    ...(messageId && { header: { 'message-id': messageId } }),
    ...(since && { since: dayOf('since', since) }),
    ...(before && { before: dayOf('before', before) }),
  };
}

/** Servers compare whole days, and take them as they are written. */
function dayOf(parameter: string, text: string): Date {
  const day = new Date(text);
  if (Number.isNaN(day.getTime()))
    throw new NodeError('PARAMETER_INVALID', {
      field: parameter,
      parameter,
      reason: `"${text}" is no date such as 2026-01-31`,
    });
  return day;
}
