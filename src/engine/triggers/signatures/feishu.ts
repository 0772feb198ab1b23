import { createDecipheriv, hash } from 'node:crypto';
import { jsonBody, jsonObject, textAt } from './senders.ts';
import { headerOf, isSame, refused, staleness, UNMATCHED, type OpenCall } from './signed-call.ts';

/** Events are sent again for some seven hours; the id of an event is remembered longer than its signature is good. */
const TOLERANCE_MS = 86_400_000;

/**
 * Events of Feishu and Lark: encrypted and signed with the encrypt key, or marked with the verification token. The
 * token is taken out of what is handed over.
 */
export function openFeishu({
  encryptKey,
  verificationToken,
}: {
  encryptKey: string;
  verificationToken: string;
}): OpenCall {
  return (call) => {
    const sent = jsonObject(call.bytes);
    const encrypted = textAt(sent, 'encrypt');
    if (encryptKey !== '' && encrypted === '') return refused('the body is not encrypted');
    const event = encryptKey === '' ? sent : jsonObject(decrypt(encrypted, encryptKey) ?? '');
    if (!event) return refused('the body cannot be decrypted with the encrypt key');
    const { token: ownToken, ...rest } = event;
    const header = rest.header as Record<string, unknown> | undefined;
    const token = header?.token ?? ownToken;
    if (verificationToken !== '' && !isSame(typeof token === 'string' ? token : '', verificationToken))
      return refused('the verification token is another one');
    if (event.type === 'url_verification') {
      const { bytes, contentType } = jsonBody({ challenge: event.challenge });
      const headers = [{ name: 'content-type', value: contentType }];
      return { kind: 'answered', reply: { status: 200, headers, body: bytes } };
    }
    if (encryptKey !== '') {
      const time = headerOf(call, 'x-lark-request-timestamp');
      const nonce = headerOf(call, 'x-lark-request-nonce');
      const stale = staleness(time, call.now, TOLERANCE_MS);
      if (stale !== null) return refused(stale);
      const signed = Buffer.concat([Buffer.from(time + nonce + encryptKey), call.bytes]);
      if (!isSame(headerOf(call, 'x-lark-signature'), hash('sha256', signed, 'hex'))) return UNMATCHED;
    }
    const { token: _token, ...kept } = header ?? {};
    return {
      kind: 'opened',
      deliveryId: textAt(header, 'event_id') || textAt(event, 'uuid'),
      body: jsonBody(header ? { ...rest, header: kept } : rest),
    };
  };
}

/** Null for what was not encrypted with this key. */
export function decrypt(text: string, encryptKey: string): string | null {
  const bytes = Buffer.from(text, 'base64');
  if (bytes.length < 32) return null;
  const decipher = createDecipheriv(
    'aes-256-cbc',
    hash('sha256', encryptKey, 'buffer'),
    bytes.subarray(0, 16),
  );
  try {
    return Buffer.concat([decipher.update(bytes.subarray(16)), decipher.final()]).toString('utf8');
  } catch {
    return null;
  }
}
