import { createORPCClient } from '@orpc/client';
import { OpenAPILink } from '@orpc/openapi-client/fetch';
import { contract, type Locale } from '../../contract/index.ts';
import type { DataFolderOwner, EngineClient } from '../../engine/app.ts';
import type { EngineSession } from './engine-session.ts';

/** A session with the engine that owns the data folder. Throws `refusal` when that engine cannot be reached. */
export async function connectToOwner(
  owner: DataFolderOwner,
  locale: Locale,
  refusal: unknown,
): Promise<EngineSession> {
  const link = new OpenAPILink(contract, {
    url: `${owner.url}/api/v1`,
    headers: { authorization: `Bearer ${owner.token}`, 'accept-language': locale },
  });
  const client = createORPCClient<EngineClient>(link);
  try {
    await client.system.info();
  } catch {
    throw refusal;
  }
  return { client, close: () => Promise.resolve() };
}
