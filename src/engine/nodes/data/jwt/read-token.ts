import { decodeJwt, decodeProtectedHeader } from 'jose';
import { NodeError } from '../../../node-kit/index.ts';

export interface TokenParts extends Record<string, unknown> {
  payload: unknown;
  header: unknown;
  signature: string;
}

/** What a token says, its signature unchecked; header and signature only when `complete`. Throws NodeError TOKEN_INVALID. */
export function readToken(token: string, complete: boolean): Partial<TokenParts> {
  try {
    const payload = decodeJwt(token);
    if (!complete) return { payload };
    return { header: decodeProtectedHeader(token), payload, signature: token.split('.')[2] ?? '' };
  } catch (error) {
    throw new NodeError('TOKEN_INVALID', { reason: (error as Error).message });
  }
}
