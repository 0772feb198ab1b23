import { createHmac } from 'node:crypto';
import type { SignatureDeclaration } from '../../node-kit/index.ts';
import {
  headerOf,
  isSame,
  readTimestamp,
  refused,
  staleness,
  UNMATCHED,
  type OpenCall,
} from './signed-call.ts';

/** Checks a HMAC as the webhook declares it. With a timestamp, each signature is good once. */
export function openHmac(secret: string, declaration: SignatureDeclaration): OpenCall {
  const { algorithm, header, encoding, prefix, timestamp } = declaration;
  return (call) => {
    const given = headerOf(call, header);
    if (given === '') return refused(`the header "${header}" is missing`);
    if (!given.startsWith(prefix)) return refused(`the header "${header}" does not begin with "${prefix}"`);
    const hmac = createHmac(algorithm, secret);
    const time = timestamp ? headerOf(call, timestamp.header) : '';
    if (timestamp) {
      const stale = staleness(time, call.now, timestamp.toleranceSeconds * 1000);
      if (stale !== null) return refused(stale);
      hmac.update(time + timestamp.separator);
    }
    const expected = hmac.update(call.bytes).digest(encoding);
    const signature = given.slice(prefix.length).trim();
    if (!isSame(encoding === 'hex' ? signature.toLowerCase() : signature, expected)) return UNMATCHED;
    if (!timestamp) return { kind: 'opened' };
    const until = (readTimestamp(time) ?? call.now) + timestamp.toleranceSeconds * 1000 + 1;
    return { kind: 'opened', once: { signature: expected, until } };
  };
}
