import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { FastifyInstance } from 'fastify';
import type { RestoreAnswer } from '../../contract/index.ts';
import { stageRestore } from '../backup/index.ts';
import { createId } from '../kernel/index.ts';
import { guard, type GuardOptions } from './guard.ts';
import type { Services } from './services.ts';

/** When the answer has left, before the engine goes. */
const RESTART_AFTER_MS = 200;

/** A backup as a download, made while it is sent; and one to restore, as the raw body of a call. */
export function backupRoutes(
  app: FastifyInstance,
  options: GuardOptions & { services: Services },
  done: () => void,
): void {
  const { services } = options;
  const { dataDir } = services.config;
  guard(app, options);
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (_request, payload, parsed) => parsed(null, payload));

  app.get<{ Querystring: { key?: string } }>('/backup', async (request, reply) => {
    const backup = await services.backup({ withKey: request.query.key === 'true' });
    reply.type('application/zip').header('content-disposition', `attachment; filename="${backup.fileName}"`);
    return reply.send(backup.content);
  });

  app.post('/restore', async (request): Promise<RestoreAnswer> => {
    const file = join(dataDir, `restore-${createId()}.tmp`);
    try {
      await pipeline(request.body as Readable, createWriteStream(file, { mode: 0o600, flags: 'wx' }));
      const manifest = await stageRestore(file, { dataDir, database: services.storage.dialect });
      const { restart } = services.system;
      if (restart) services.clock.schedule(RESTART_AFTER_MS, restart);
      return { createdAt: manifest.createdAt, restarts: restart !== null };
    } finally {
      await rm(file, { force: true });
    }
  });
  done();
}
