import type { IncomingHttpHeaders } from 'node:http';
import type { Readable } from 'node:stream';
import type { Locale } from '../../contract/index.ts';

/** One call of a webhook as it came in. */
export interface WebhookRequest {
  /** Whether it came to `/webhook-test/` rather than `/webhook/`. */
  test: boolean;
  /** To which of the two kinds of addresses. */
  kind: 'webhook' | 'form';
  method: string;
  /** Below the webhook base, decoded, without slashes at its ends. */
  path: string;
  /** As sent, without the question mark. */
  queryText: string;
  /** Lower-case names. */
  headers: Readonly<IncomingHttpHeaders>;
  /** The bytes as they come; null where there are none. */
  body: Readable | null;
  /** The caller's address. */
  ip: string;
  requestId: string;
  /** For the sentences of failures. */
  locale: Locale;
}

/** What the caller is answered. */
export interface WebhookReply {
  /** A page of ours and not of a workflow's: it runs no scripts. */
  isForm?: true;
  status: number;
  headers: Array<{ name: string; value: string }>;
  body: string | Uint8Array | AsyncIterable<Uint8Array> | null;
}
