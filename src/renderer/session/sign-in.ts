import { apiErrorCode, client, storeApiKey } from '../client/index.ts';
import { readStartToken } from './start-token.ts';

/**
 * Signs in with a start link, its token or an API key; gives whether that was accepted. A token is exchanged for the
 * session cookie, as opening the start link does; a key is sent along with every call of this tab.
 */
export async function signIn(text: string): Promise<boolean> {
  const secret = readStartToken(text);
  storeApiKey(null);
  await fetch(`/?token=${encodeURIComponent(secret)}`, { credentials: 'same-origin', redirect: 'manual' });
  if (await isSignedIn()) return true;
  storeApiKey(secret);
  if (await isSignedIn()) return true;
  storeApiKey(null);
  return false;
}

async function isSignedIn(): Promise<boolean> {
  try {
    await client.system.info();
    return true;
  } catch (error) {
    if (apiErrorCode(error) === 'UNAUTHORIZED') return false;
    throw error;
  }
}
