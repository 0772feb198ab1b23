import { timingSafeEqual } from 'node:crypto';
import type { WebhookReply, WebhookRequest } from '../webhook-call.ts';

/** A call whose body has been read, for those who check what it is signed with. */
export interface SignedCall extends Pick<WebhookRequest, 'method' | 'headers'> {
  /** The first value of each. */
  query: Readonly<Record<string, string>>;
  bytes: Buffer;
  /** UTC milliseconds. */
  now: number;
}

export interface OpenedCall {
  kind: 'opened';
  /** What takes the place of a body that was encrypted, or that holds the secret. */
  body?: { bytes: Buffer; contentType: string };
  /** The sender's own id of the delivery; empty where it has none. Absent where a sender of unknown kind signed. */
  deliveryId?: string;
  /** A signature that is good once only, until then (UTC milliseconds). */
  once?: { signature: string; until: number };
  /** What the sender must be answered in place of an answer of ours. */
  acknowledge?: WebhookReply;
}

/** What becomes of a signed call. */
export type Opening =
  | OpenedCall
  | { kind: 'refused'; reason: string }
  /** The sender tries the address; nothing is to begin. */
  | { kind: 'answered'; reply: WebhookReply };

export type OpenCall = (call: SignedCall) => Opening;

export const refused = (reason: string): Opening => ({ kind: 'refused', reason });

export const UNMATCHED = refused('the signature does not match');

/** Whether two texts are the same, in a time that tells nothing of where they differ. */
export function isSame(given: string, expected: string): boolean {
  const [left, right] = [Buffer.from(given), Buffer.from(expected)];
  return left.length === right.length && timingSafeEqual(left, right);
}

/** One header; empty where it is missing. */
export function headerOf({ headers }: Pick<SignedCall, 'headers'>, name: string): string {
  const value = headers[name.toLowerCase()];
  return (typeof value === 'string' ? value : (value?.join(',') ?? '')).trim();
}

/** Seconds or milliseconds since 1970, or a date, as UTC milliseconds; null for other text. */
export function readTimestamp(text: string): number | null {
  if (/^\d{1,16}$/.test(text)) return Number(text) * (text.length > 11 ? 1 : 1000);
  const time = text === '' ? NaN : Date.parse(text);
  return Number.isNaN(time) ? null : time;
}

/** Why a timestamp is not taken; null when it is. */
export function staleness(text: string, now: number, toleranceMs: number): string | null {
  const time = readTimestamp(text);
  if (time === null) return 'the timestamp is missing or cannot be read';
  if (Math.abs(now - time) > toleranceMs)
    return `the timestamp is more than ${toleranceMs / 1000} seconds away from the clock here`;
  return null;
}
