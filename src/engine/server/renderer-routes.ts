import { access } from 'node:fs/promises';
import { join } from 'node:path';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { pickLocale } from '../../contract/index.ts';
import type { GuardOptions } from './guard.ts';
import { checkHost } from './host-check.ts';
import { noticePage, type Notice } from './notice-page.ts';
import { APP_HEADERS } from './security-headers.ts';

/** Serves the built renderer; every page of it is the same document, which its router fills. */
export function rendererRoutes(
  app: FastifyInstance,
  options: GuardOptions & { dir: string | null },
  done: () => void,
): void {
  const { authentication, dir, listening } = options;
  const files = dir === null ? null : lazily(() => openFiles(dir));

  app.get<{ Querystring: { token?: string } }>('/*', async (request, reply) => {
    const at = listening();
    reply.headers(APP_HEADERS);
    checkHost(request.headers.host, at);

    const { token } = request.query;
    if (typeof token === 'string' && authentication.isStartToken(token)) {
      // The token leaves the address bar at once, so that it does not end up in screenshots and bookmarks.
      return reply
        .header('set-cookie', authentication.sessionCookie(at.port))
        .header('cache-control', 'no-store')
        .redirect(withoutToken(request), 303);
    }
    const path = request.url.split('?', 1)[0] ?? '/';
    const isPage = !/\.[a-z0-9]{1,10}$/i.test(path);
    if (isPage && !authentication.hasSession(request, at.port)) return answer(request, reply, 401, 'sign-in');
    const serve = await files?.();
    if (!serve) return answer(request, reply, 503, 'not-built');
    reply.hijack();
    serve(request, reply, isPage ? '/index.html' : request.url);
    return reply;
  });
  done();
}

type Serve = (request: FastifyRequest, reply: FastifyReply, url: string) => void;

/**
 * A second Fastify that serves files, made at the first request: loading it with the rest would cost a start that only
 * serves webhooks. Null while the renderer is not built.
 */
async function openFiles(dir: string): Promise<Serve | null> {
  try {
    await access(join(dir, 'index.html'));
  } catch {
    return null;
  }
  const [{ default: fastify }, { default: fastifyStatic }] = await Promise.all([
    import('fastify'),
    import('@fastify/static'),
  ]);
  const app = fastify();
  await app.register(fastifyStatic, {
    root: dir,
    cacheControl: false,
    setHeaders(file, path) {
      // Names under assets/ carry a hash of the content.
      file.header(
        'cache-control',
        /[\\/]assets[\\/]/.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache',
      );
    },
  });
  await app.ready();
  return (request, reply, url) => {
    for (const [name, value] of Object.entries(APP_HEADERS)) reply.raw.setHeader(name, value);
    request.raw.url = url;
    app.routing(request.raw, reply.raw);
  };
}

/** Remembers the first answer that is not null. */
function lazily<T>(make: () => Promise<T | null>): () => Promise<T | null> {
  let made: Promise<T | null> | undefined;
  return () =>
    (made ??= make().then((value) => {
      if (value === null) made = undefined;
      return value;
    }));
}

function answer(request: FastifyRequest, reply: FastifyReply, status: number, notice: Notice) {
  const locale = pickLocale(request.headers['accept-language']);
  return reply
    .code(status)
    .type('text/html; charset=utf-8')
    .header('cache-control', 'no-store')
    .send(noticePage(notice, locale));
}

function withoutToken(request: FastifyRequest): string {
  const url = new URL(request.url, 'http://local');
  url.searchParams.delete('token');
  // Not `//host/…`, which a browser would take for another server.
  return url.pathname.replace(/^\/+/, '/') + url.search;
}
