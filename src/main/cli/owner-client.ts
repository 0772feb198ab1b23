import { Readable } from 'node:stream';
import type { ReadableStream as NodeReadableStream } from 'node:stream/web';
import { createORPCClient } from '@orpc/client';
import { OpenAPILink } from '@orpc/openapi-client/fetch';
import { z } from 'zod';
import { contract, type Locale } from '../../contract/index.ts';
import type { DataFolderOwner, EngineClient } from '../../engine/app.ts';
import type { EngineSession } from './engine-session.ts';

/** A refusal as the engine words it. */
const Failure = z.object({ code: z.string(), message: z.string() });

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
  return {
    client,
    async backup(withKey) {
      const answer = await fetch(`${owner.url}/backup?key=${withKey}`, {
        headers: { authorization: `Bearer ${owner.token}`, 'accept-language': locale },
      });
      if (!answer.ok || !answer.body) {
        const { code, message } = Failure.parse(await answer.json());
        throw Object.assign(new Error(message), { code });
      }
      return Readable.fromWeb(answer.body as NodeReadableStream);
    },
    close: () => Promise.resolve(),
  };
}
