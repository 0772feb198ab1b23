import type { MappedNode, SourceNode } from '../mapping.ts';

/** Ways to log in → the n8n credential type that is asked for then. */
const BEFORE_THREE: Readonly<Record<string, string>> = {
  ...{ basicAuth: 'httpBasicAuth', digestAuth: 'httpDigestAuth', headerAuth: 'httpHeaderAuth' },
  ...{ queryAuth: 'httpQueryAuth', oAuth1: 'oAuth1Api', oAuth2: 'oAuth2Api' },
};

const SUPPORTED: ReadonlySet<string> = new Set([
  ...['httpBasicAuth', 'httpBearerAuth', 'httpCustomAuth'],
  ...['httpDigestAuth', 'httpHeaderAuth', 'httpQueryAuth'],
  ...['oAuth1Api', 'oAuth2Api', 'httpSslAuth'],
]);

/** An HTTP request that logs in as n8n's did: its credential keeps its place and is to be chosen. */
export function withAuthentication(source: SourceNode, mapped: Record<string, unknown>): MappedNode {
  const { parameters } = source;
  const authentication = parameters.text('authentication', 'none');
  const generic = parameters.text('genericAuthType');
  const predefined = parameters.text('nodeCredentialType');
  const type = 'http-request';
  if (authentication === 'none') return { type, parameters: mapped };
  const isPredefined = authentication === 'predefinedCredentialType';
  const kind = isPredefined
    ? predefined
    : authentication === 'genericCredentialType'
      ? generic
      : (BEFORE_THREE[authentication] ?? authentication);
  if (!isPredefined && !SUPPORTED.has(kind))
    source.note('to-do', 'CREDENTIAL_TYPE_UNSUPPORTED', { name: '', type: kind });
  return { type, parameters: { ...mapped, authentication: 'credential' }, credentials: { auth: kind } };
}
