import { NodeError } from '../kernel/index.ts';

/** A credential as a node gets it. */
export interface RevealedCredential {
  type: string;
  data: Record<string, string>;
}

/** Credential types that a request can carry in a header. */
export const HEADER_CREDENTIALS = ['header-auth', 'basic-auth', 'bearer-auth', 'oauth2'];

/**
 * Adds a credential to the headers of a request, in place of one of that name. Gives the names of the headers that hold
 * a secret. Throws NodeError CREDENTIAL_INVALID for types that do not fit.
 */
export function authenticateHeaders(
  headers: Array<[name: string, value: string]>,
  credential: RevealedCredential | null,
): string[] {
  if (!credential) return [];
  const { type, data } = credential;
  switch (type) {
    case 'basic-auth':
      return setHeader(
        headers,
        'Authorization',
        basicAuthorization(data['user'] ?? '', data['password'] ?? ''),
      );
    case 'bearer-auth':
      return setHeader(headers, 'Authorization', `Bearer ${data['token'] ?? ''}`);
    case 'oauth2':
      return setHeader(headers, 'Authorization', `Bearer ${data['accessToken'] ?? ''}`);
    case 'header-auth':
      return setHeader(headers, data['name'] ?? '', data['value'] ?? '');
    default:
      throw new NodeError('CREDENTIAL_INVALID', {
        reason: `a credential of type "${type}" does not fit an HTTP request`,
      });
  }
}

export function setHeader(headers: Array<[string, string]>, name: string, value: string): string[] {
  const rest = headers.filter(([given]) => given.toLowerCase() !== name.toLowerCase());
  headers.splice(0, headers.length, ...rest, [name, value]);
  return [name];
}

export function basicAuthorization(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}
