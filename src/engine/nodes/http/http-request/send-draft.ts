import type { Item } from '../../../../contract/index.ts';
import type { ExecuteContext, RevealedCredential } from '../../../node-kit/index.ts';
import { authenticate, withoutSecrets } from './authenticate.ts';
import { buildRequest, urlOf } from './build-request.ts';
import { createDigestLogin } from './digest-login.ts';
import type { Draft } from './draft.ts';
import { readResponse, type ReadResponse } from './read-response.ts';
import type { RequestSettings } from './request-parameters.ts';
import { signRequest } from './sign-request.ts';

/** Gives, for one item, the function that sends its requests and reads their answers. */
export function createSender(
  context: Pick<ExecuteContext, 'http' | 'binary' | 'signal' | 'credential'>,
  given: RevealedCredential | null,
) {
  const { http, binary, signal } = context;
  let credential = given;
  const plain: typeof http.request = (request) => http.request({ ...request, signal });
  const digest = credential?.type === 'digest-auth' ? createDigestLogin(credential, plain) : null;

  return (about: { settings: RequestSettings; first: Draft; item: Item; itemIndex: number }) => {
    const { settings, first, item, itemIndex } = about;
    const { response, outputField, options, pagination, method } = settings;
    const { fullResponse = false, neverFail = false, keepFiles = false, textField = 'body' } = options;
    const judgesItself = pagination === 'next-url-expression' || pagination === 'changed-parameters';
    const { origin } = urlOf(first, itemIndex);

    return async (page: Draft): Promise<ReadResponse> => {
      // A server may name any address for a page: the secrets were meant for the first one only.
      const isMeant = urlOf(page, itemIndex).origin === origin;
      const sendOnce = async () => {
        const { draft, ...secret } = isMeant
          ? authenticate(page, settings.authentication === 'none' ? null : credential)
          : authenticate(withoutSecrets(page), null);
        const request = await buildRequest(draft, settings, { ...secret, item, itemIndex, binary });
        const signed = isMeant ? signRequest(request, credential) : request;
        return { secret, answer: await (digest && isMeant ? digest : plain)(signed) };
      };
      let { secret, answer } = await sendOnce();
      const refused = credential?.type === 'oauth2' ? credential.data['accessToken'] : undefined;
      if (answer.status === 401 && isMeant && refused !== undefined) {
        // Providers may withdraw a token before its time.
        await answer.bytes();
        credential = await context.credential('auth', refused);
        ({ secret, answer } = await sendOnce());
      }
      const reading = {
        ...{ response, outputField, fullResponse, textField, secretQuery: secret.secretQuery },
        neverFail: neverFail || judgesItself,
        files: keepFiles ? item.binary : undefined,
      };
      return readResponse(answer, reading, { method, binary });
    };
  };
}
