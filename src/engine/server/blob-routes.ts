import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { EngineError } from '../kernel/index.ts';
import { guard, type GuardOptions } from './guard.ts';
import type { Services } from './services.ts';

/** What a browser may show in place without running anything; everything else is downloaded as bytes. */
const SHOWN_IN_PLACE = /^image\/(png|jpeg|gif|webp|avif|bmp)$/;

/** Downloads of items' binary data. The address repeats what the item's reference says about the file. */
export function blobRoutes(
  app: FastifyInstance,
  options: GuardOptions & { services: Services },
  done: () => void,
): void {
  const { blobs } = options.services.storage;
  guard(app, options);
  app.get<{ Params: { id: string }; Querystring: { type?: string; name?: string } }>(
    '/blobs/:id',
    async (request, reply) => {
      const { id } = request.params;
      if (!/^[\w-]{1,200}$/.test(id)) throw new EngineError('NOT_FOUND', { path: `/blobs/${id}` });
      const reference = { blobId: id, mimeType: 'application/octet-stream', size: 0, sha256: id };
      if (!(await blobs.has(reference))) throw new EngineError('NOT_FOUND', { path: `/blobs/${id}` });
      const type = request.query.type ?? '';
      reply
        .type(SHOWN_IN_PLACE.test(type) ? type : 'application/octet-stream')
        .header(
          'content-disposition',
          `attachment; filename*=UTF-8''${encodeFileName(request.query.name ?? id)}`,
        )
        // Content-addressed: the same address never means other bytes.
        .header('cache-control', 'private, max-age=31536000, immutable');
      return reply.send(Readable.from(blobs.stream(reference)));
    },
  );
  done();
}

function encodeFileName(name: string): string {
  return encodeURIComponent(name.slice(0, 200).toWellFormed()).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
