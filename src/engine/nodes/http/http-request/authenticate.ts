import {
  authenticateHeaders,
  HEADER_CREDENTIALS,
  NodeError,
  type RevealedCredential,
} from '../../../node-kit/index.ts';
import { changeDraft, type DraftChange } from './change-draft.ts';
import type { Draft } from './draft.ts';
import { pairsOfJson } from './json-pairs.ts';
import { SIGNING_CREDENTIALS } from './sign-request.ts';

/** Credential types that a request can carry. */
export const REQUEST_CREDENTIALS = [
  ...[...HEADER_CREDENTIALS, 'query-auth', 'digest-auth', 'custom-auth'],
  ...SIGNING_CREDENTIALS,
];

export interface Authenticated {
  draft: Draft;
  /** Names of the headers and query parameters that hold a secret. */
  secretHeaders: string[];
  secretQuery: string[];
}

/**
 * Puts a credential into a request. `digest-auth` waits for the server's challenge, and those that sign for the finished
 * request: they leave it as it is. Throws CREDENTIAL_INVALID.
 */
export function authenticate(draft: Draft, credential: RevealedCredential | null): Authenticated {
  const { type, data } = credential ?? {};
  if (!data || type === 'digest-auth' || SIGNING_CREDENTIALS.includes(type ?? ''))
    return { draft, secretHeaders: [], secretQuery: [] };
  if (type === 'query-auth') {
    const { name = '', value = '' } = data;
    return { draft: changeDraft(draft, { query: [[name, value]] }), secretHeaders: [], secretQuery: [name] };
  }
  if (type === 'custom-auth') {
    const change = readCustom(data['json'] ?? '');
    const names = (pairs: DraftChange['query']) => (pairs ?? []).map(([name]) => name);
    return {
      draft: changeDraft(draft, change),
      secretHeaders: names(change.headers),
      secretQuery: names(change.query),
    };
  }
  const headers = [...draft.headers];
  const secretHeaders = authenticateHeaders(headers, credential);
  return { draft: { ...draft, headers }, secretHeaders, secretQuery: [] };
}

/** `{ "headers": {…}, "qs": {…}, "body": {…} }`, each of them optional. */
function readCustom(text: string): DraftChange {
  const invalid = (reason: string) => new NodeError('CREDENTIAL_INVALID', { reason });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // The parser's message would quote the secret.
    throw invalid('its JSON cannot be read');
  }
  if (typeof value !== 'object' || value === null) throw invalid('its JSON is no object');
  const { headers = {}, qs = {}, body = {} } = value as Record<string, unknown>;
  if (typeof body !== 'object' || body === null) throw invalid('its "body" is no object');
  return {
    headers: pairsOfJson(headers, { parameter: 'headers', arrayFormat: 'repeat' }),
    query: pairsOfJson(qs, { parameter: 'qs', arrayFormat: 'repeat' }),
    body: body as Record<string, unknown>,
  };
}

const SECRETS = new Set(['authorization', 'cookie']);

/** The request for another server than it was meant for: what people log in with is left out. */
export function withoutSecrets(draft: Draft): Draft {
  return { ...draft, headers: draft.headers.filter(([name]) => !SECRETS.has(name.toLowerCase())) };
}
