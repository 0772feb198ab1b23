import type { CredentialTypeDescription } from '../../contract/index.ts';
import { CONNECTOR_CREDENTIALS } from '../connectors/index.ts';
import type { CredentialDefinition } from '../node-kit/index.ts';
import { aws } from './types/aws.ts';
import { basicAuth } from './types/basic-auth.ts';
import { bearerAuth } from './types/bearer-auth.ts';
import { clientCertificate } from './types/client-certificate.ts';
import { customAuth } from './types/custom-auth.ts';
import { digestAuth } from './types/digest-auth.ts';
import { encryptedCallback } from './types/encrypted-callback.ts';
import { feishuEvents } from './types/feishu-events.ts';
import { headerAuth } from './types/header-auth.ts';
import { jwt } from './types/jwt.ts';
import { oauth1 } from './types/oauth1.ts';
import { oauth2 } from './types/oauth2.ts';
import { queryAuth } from './types/query-auth.ts';
import { signingSecret } from './types/signing-secret.ts';
import { totp } from './types/totp.ts';
import { webhookSecret } from './types/webhook-secret.ts';

/** Every kind of credential there is, in the order a form offers them. */
const CREDENTIAL_TYPES: readonly CredentialDefinition[] = [
  ...[headerAuth, bearerAuth, basicAuth, queryAuth, oauth2, digestAuth, customAuth],
  ...[oauth1, aws, clientCertificate],
  ...[jwt, totp, signingSecret],
  ...[webhookSecret, feishuEvents, encryptedCallback],
  ...CONNECTOR_CREDENTIALS,
];

export function findCredentialType(type: string): CredentialDefinition | undefined {
  return CREDENTIAL_TYPES.find((definition) => definition.type === type);
}

/** What forms are drawn from. */
export function describeCredentialTypes(): CredentialTypeDescription[] {
  return CREDENTIAL_TYPES.map(({ test, ...description }) => ({
    ...description,
    testable: test !== undefined,
  }));
}
