import { randomBytes } from 'node:crypto';
import type { WebhookReply } from '../webhook-call.ts';
import { seal, signSealed, unseal } from './sealed-message.ts';
import { jsonObject, textAt } from './senders.ts';
import { isSame, refused, staleness, type OpenCall, type SignedCall } from './signed-call.ts';

/** Longer than messages are sent again, and not longer than a delivery is remembered. */
const TOLERANCE_MS = 86_400_000;

export interface CallbackKeys {
  token: string;
  aesKey: Buffer;
  /** The corporation or application that messages are for; empty for whichever. */
  receiver: string;
}

/** Messages and events of WeCom. Its check of the address comes with GET and is answered with what it holds. */
export function openWeCom(keys: CallbackKeys): OpenCall {
  return (call) => {
    const isCheck = call.method === 'GET';
    const sealed = isCheck ? (call.query.echostr ?? '') : encryptedPart(call.bytes.toString('utf8'));
    const opened = openSealed(call, sealed, keys);
    if ('reason' in opened) return refused(opened.reason);
    if (isCheck) return { kind: 'answered', reply: textReply(opened.message) };
    return {
      kind: 'opened',
      deliveryId: '',
      body: { bytes: Buffer.from(opened.message), contentType: 'text/xml; charset=utf-8' },
      // Other content would be taken for a message to be shown, and refused as such.
      acknowledge: textReply(''),
    };
  };
}

/** Events of DingTalk, each to be answered with an encrypted "success". */
export function openDingTalk(keys: CallbackKeys): OpenCall {
  return (call) => {
    const opened = openSealed(call, textAt(jsonObject(call.bytes), 'encrypt'), keys);
    if ('reason' in opened) return refused(opened.reason);
    const acknowledge = sealedSuccess(keys, call.now);
    const event = textAt(jsonObject(opened.message), 'EventType');
    if (event.startsWith('check_')) return { kind: 'answered', reply: acknowledge };
    return {
      kind: 'opened',
      deliveryId: '',
      body: { bytes: Buffer.from(opened.message), contentType: 'application/json' },
      acknowledge,
    };
  };
}

/** The message of a call whose signature and receiver are right. */
function openSealed(
  { query, now }: SignedCall,
  sealed: string,
  { token, aesKey, receiver }: CallbackKeys,
): { message: string } | { reason: string } {
  if (sealed === '') return { reason: 'there is no encrypted message' };
  const { timestamp = '', nonce = '', msg_signature: signature = query.signature ?? '' } = query;
  const stale = staleness(timestamp, now, TOLERANCE_MS);
  if (stale !== null) return { reason: stale };
  if (!isSame(signature, signSealed(token, timestamp, nonce, sealed)))
    return { reason: 'the signature does not match' };
  const opened = unseal(sealed, aesKey);
  if (!opened) return { reason: 'the message cannot be decrypted with the AES key' };
  if (receiver !== '' && opened.receiver !== receiver)
    return { reason: 'the message is for another receiver' };
  return { message: opened.message };
}

function sealedSuccess({ token, aesKey, receiver }: CallbackKeys, now: number): WebhookReply {
  const timeStamp = String(now);
  const nonce = randomBytes(8).toString('hex');
  const encrypt = seal('success', receiver, aesKey);
  const body = { msg_signature: signSealed(token, timeStamp, nonce, encrypt), timeStamp, nonce, encrypt };
  const headers = [{ name: 'content-type', value: 'application/json; charset=utf-8' }];
  return { status: 200, headers, body: JSON.stringify(body) };
}

function textReply(text: string): WebhookReply {
  return { status: 200, headers: [{ name: 'content-type', value: 'text/plain; charset=utf-8' }], body: text };
}

/** The envelope has a fixed form, and nothing else of it is used: a parser of XML has no work here. */
function encryptedPart(xml: string): string {
  return /<Encrypt>\s*(?:<!\[CDATA\[)?([A-Za-z0-9+/=]+)/.exec(xml)?.[1] ?? '';
}
