import type { FastifyInstance } from 'fastify';
import type { Authentication } from './authentication.ts';
import { checkHost } from './host-check.ts';
import { APP_HEADERS } from './security-headers.ts';

export interface GuardOptions {
  authentication: Authentication;
  listening(): { host: string; port: number; publicUrl: string | null };
}

/** Lets only signed-in callers of our own pages and programs with a key reach the routes of `app`. */
export function guard(app: FastifyInstance, { authentication, listening }: GuardOptions): void {
  app.addHook('onRequest', (request, reply, done) => {
    reply.headers(APP_HEADERS).header('cache-control', 'no-store');
    const at = listening();
    checkHost(request.headers.host, at);
    authentication.check(request, at.port);
    done();
  });
}
