import { SignJWT, type JWTPayload } from 'jose';
import { jwtKey, NodeError } from '../../../node-kit/index.ts';

interface SignRules {
  claims: unknown;
  /** Seconds; 0 for without an end. */
  expiresIn: number;
  options: { keyId?: string | undefined };
  /** UTC milliseconds. */
  now: number;
}

/** A signed token with the claims and `iat`. Throws NodeError PARAMETER_INVALID, CREDENTIAL_INVALID. */
export async function signToken(
  credential: Readonly<Record<string, string>>,
  { claims, expiresIn, options, now }: SignRules,
): Promise<string> {
  if (typeof claims !== 'object' || claims === null || Array.isArray(claims))
    throw new NodeError('PARAMETER_INVALID', { field: 'claims', reason: 'it is not an object' });
  const { key, algorithm } = jwtKey(credential, 'sign');
  const issuedAt = Math.floor(now / 1000);
  const payload: JWTPayload = { iat: issuedAt, ...claims };
  if (expiresIn > 0) payload.exp = issuedAt + expiresIn;
  try {
    return await new SignJWT(payload)
      .setProtectedHeader({ alg: algorithm, typ: 'JWT', ...(options.keyId && { kid: options.keyId }) })
      .sign(key);
  } catch (error) {
    throw new NodeError('CREDENTIAL_INVALID', {
      reason: `${algorithm} cannot sign with it (${(error as Error).message})`,
    });
  }
}
