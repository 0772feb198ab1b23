import { decodeJwt, jwtVerify, type JWTPayload, type JWTVerifyOptions } from 'jose';
import { jwtKey, NodeError } from '../../../node-kit/index.ts';
import { readToken, type TokenParts } from './read-token.ts';

interface VerifyRules {
  token: string;
  complete: boolean;
  options: {
    clockTolerance?: number | undefined;
    /** Seconds since 1970. */
    clockTimestamp?: number | undefined;
    ignoreExpiration?: boolean | undefined;
    ignoreNotBefore?: boolean | undefined;
    audience?: string | undefined;
    issuer?: string | undefined;
    subject?: string | undefined;
  };
  /** UTC milliseconds. */
  now: number;
}

/** What a token says, once its signature, times and claims hold. Throws NodeError TOKEN_INVALID with what does not. */
export async function verifyToken(
  credential: Readonly<Record<string, string>>,
  { token, complete, options, now }: VerifyRules,
): Promise<Partial<TokenParts>> {
  const { key, algorithm } = jwtKey(credential, 'verify');
  const parts = readToken(token, complete);
  const { audience, issuer, subject, clockTolerance = 0 } = options;
  const rules: JWTVerifyOptions = {
    algorithms: [algorithm],
    currentDate: momentFor(decodeJwt(token), options, now),
    clockTolerance,
    ...(audience && { audience }),
    ...(issuer && { issuer }),
    ...(subject && { subject }),
  };
  try {
    await jwtVerify(token, key, rules);
  } catch (error) {
    throw new NodeError('TOKEN_INVALID', { reason: (error as Error).message });
  }
  return parts;
}

/** The library always looks at both times: what is to be ignored holds at the moment it is asked about. */
function momentFor({ exp, nbf }: JWTPayload, options: VerifyRules['options'], now: number): Date {
  let seconds = options.clockTimestamp || now / 1000;
  if (options.ignoreNotBefore && nbf !== undefined) seconds = Math.max(seconds, nbf);
  if (options.ignoreExpiration && exp !== undefined) seconds = Math.min(seconds, exp - 1);
  return new Date(seconds * 1000);
}
