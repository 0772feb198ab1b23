import { hash } from 'node:crypto';
import type { Item } from '../../contract/index.ts';
import { EngineError } from '../kernel/index.ts';
import { getPath } from '../node-kit/index.ts';
import type { StartKey } from '../storage/index.ts';
import type { RegisteredWebhook } from './registered-webhook.ts';
import type { OpenedCall } from './signatures/index.ts';

const DELIVERY = 'delivery:';
const SIGNATURE = 'signature:';

interface Call {
  item: Item;
  method: string;
  opened: OpenedCall | null;
  /** UTC milliseconds. */
  now: number;
}

/**
 * What a call must not begin a second execution for: its delivery, where the webhook removes duplicates, and a signature
 * that is good once. Throws INPUT_INVALID for a call without the id by which duplicates are told.
 */
export function onceKeys(
  { owner, node, declaration: { deduplicate } }: Pick<RegisteredWebhook, 'owner' | 'node' | 'declaration'>,
  call: Call,
): StartKey[] {
  const place = `${owner.id}:${node.id}:`;
  const keys: StartKey[] = [];
  if (deduplicate) {
    const text =
      deduplicate.by === 'body' ? contentOf(call, call.item.json.query) : deliveryOf(call, deduplicate.path);
    const expiresAt = call.now + deduplicate.windowSeconds * 1000;
    keys.push({ key: `${DELIVERY}${place}${hash('sha256', text, 'base64url')}`, expiresAt });
  }
  const once = call.opened?.once;
  if (once) {
    const key = `${SIGNATURE}${place}${hash('sha256', once.signature, 'base64url')}`;
    keys.push({ key, expiresAt: once.until });
  }
  return keys;
}

/** Whether the key was taken by a call that was sent again, and not by one that was listened to. */
export function isDelivery(key: string): boolean {
  return key.startsWith(DELIVERY);
}

function deliveryOf(call: Call, path: string): string {
  // A known sender signs each attempt anew and puts that into the address: the same message has another query then.
  if (path === '') return call.opened?.deliveryId || contentOf(call, {});
  const id = getPath(call.item.json, path);
  if ((typeof id === 'string' && id !== '') || typeof id === 'number') return `id:${id}`;
  throw new EngineError('INPUT_INVALID', { reason: `there is no delivery id at "${path}"` });
}

function contentOf({ item, method }: Call, query: unknown): string {
  const { params, body } = item.json;
  const files = Object.entries(item.binary ?? {}).map(([name, { sha256 }]) => [name, sha256]);
  return `content:${JSON.stringify([method, params, query, body, files])}`;
}
