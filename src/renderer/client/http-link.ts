import type { ClientLink } from '@orpc/client';
import { onError, ORPCError } from '@orpc/client';
import { OpenAPILink } from '@orpc/openapi-client/fetch';
import { contract } from '../../contract/index.ts';
import { readApiKey } from './api-key.ts';
import { apiErrorCode } from './describe-api-error.ts';
import { decodeErrorBody } from './error-body.ts';
import { announceSignedOut } from './signed-out.ts';

/** Carries calls over HTTP with the session cookie, or with the API key the user signed in with. */
export function createHttpLink(baseUrl: string): ClientLink<Record<never, never>> {
  return new OpenAPILink(contract, {
    url: baseUrl,
    headers: () => {
      const key = readApiKey();
      return {
        'accept-language': document.documentElement.lang,
        ...(key && { authorization: `Bearer ${key}` }),
      };
    },
    fetch: (request, init) => fetch(request, { ...init, credentials: 'same-origin' }),
    interceptors: [
      onError((error) => {
        if (apiErrorCode(error) === 'UNAUTHORIZED') announceSignedOut();
      }),
    ],
    customErrorResponseBodyDecoder: (body, response) => {
      const error = decodeErrorBody(body);
      return (
        error &&
        new ORPCError(error.code, { status: response.status, message: error.message, data: error.data })
      );
    },
  });
}
