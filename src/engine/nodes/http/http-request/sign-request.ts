import type { HttpRequest, RevealedCredential } from '../../../node-kit/index.ts';
import { signAws } from './sign-aws.ts';
import { signOAuth1 } from './sign-oauth1.ts';

/** Credential types that look at the finished request, or at the connection it goes over. */
export const SIGNING_CREDENTIALS = ['oauth1', 'aws', 'client-certificate'];

/** The request with what the credential adds once all else is there. Throws CREDENTIAL_INVALID. */
export function signRequest(request: HttpRequest, credential: RevealedCredential | null): HttpRequest {
  switch (credential?.type) {
    case 'oauth1':
      return signOAuth1(request, credential);
    case 'aws':
      return signAws(request, credential);
    case 'client-certificate': {
      const { certificate = '', key = '', passphrase, authorities } = credential.data;
      return {
        ...request,
        clientCertificate: {
          certificate,
          key,
          ...(passphrase && { passphrase }),
          ...(authorities && { authorities }),
        },
      };
    }
    default:
      return request;
  }
}
