import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { pickLocale, type Locale } from '../../contract/index.ts';
import { createId, EngineError, isEngineError } from '../kernel/index.ts';
import { apiRoutes } from './api-routes.ts';
import type { Authentication } from './authentication.ts';
import { backupRoutes } from './backup-routes.ts';
import { blobRoutes } from './blob-routes.ts';
import { toResponseError } from './error-response.ts';
import { isLoopback } from './host-check.ts';
import { oauthRoutes } from './oauth-routes.ts';
import { rendererRoutes } from './renderer-routes.ts';
import type { Services } from './services.ts';
import { webhookRoutes, type WebhookHandler } from './webhook-routes.ts';

export interface HttpServerOptions {
  services: Services;
  authentication: Authentication;
  webhooks: WebhookHandler;
  resumeCalls: WebhookHandler;
  /** Folder of the built renderer; null serves none. */
  rendererDir: string | null;
  host: string;
  port: number;
}

export interface HttpServer {
  /** Without a trailing slash; known once `listen` has resolved. */
  readonly url: string;
  readonly port: number;
  /** Throws EngineError HOST_NEEDS_AUTHENTICATION, PORT_IN_USE. */
  listen(): Promise<void>;
  /** Stops listening and closes every connection. */
  close(): Promise<void>;
}

/** The API, webhooks, files and the renderer on one port. */
export function createHttpServer(options: HttpServerOptions): HttpServer {
  const { services, host } = options;
  const answerFailure = (error: unknown, request: FastifyRequest, reply: FastifyReply) => {
    const reader = { locale: localeOf(request), requestId: request.id, logger: services.logger };
    const failure = toResponseError(fromFastify(error, services), reader);
    return reply.code(failure.status).send(failure.toJSON());
  };
  const app = fastify({
    frameworkErrors: (error, request, reply) => void answerFailure(error, request, reply),
    bodyLimit: services.config.bodyLimit,
    genReqId: () => createId(),
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 2000 },
  });
  let port = options.port;
  const listening = () => ({ host, port, publicUrl: services.config.webhookUrl });

  app.setErrorHandler(answerFailure);
  app.setNotFoundHandler((request, reply) =>
    answerFailure(new EngineError('NOT_FOUND', { path: request.url.split('?', 1)[0] }), request, reply),
  );
  app.get('/healthz', () => ({ status: 'ok' }));
  app.register(webhookRoutes, { handle: options.webhooks, resume: options.resumeCalls });
  app.register(oauthRoutes, { services });
  app.register(apiRoutes, { services, authentication: options.authentication, listening });
  app.register(backupRoutes, { services, authentication: options.authentication, listening });
  app.register(blobRoutes, { services, authentication: options.authentication, listening });
  app.register(rendererRoutes, {
    dir: options.rendererDir,
    authentication: options.authentication,
    listening,
  });

  return {
    get url() {
      // An address like 0.0.0.0 is one to listen on, not one to go to.
      const name = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
      return `http://${name.includes(':') ? `[${name}]` : name}:${port}`;
    },
    get port() {
      return port;
    },
    async listen() {
      if (!isLoopback(host) && services.config.apiKey === null)
        throw new EngineError('HOST_NEEDS_AUTHENTICATION', { host });
      try {
        await app.listen({ host, port: options.port });
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
        throw new EngineError('PORT_IN_USE', { host, port: options.port }, { cause: error });
      }
      port = portOf(app);
    },
    close: () => app.close(),
  };
}

function localeOf(request: FastifyRequest): Locale {
  return pickLocale(request.headers['accept-language']);
}

/** Fastify's own refusals in our words. */
function fromFastify(error: unknown, services: Services): unknown {
  if (isEngineError(error)) return error;
  const { code, statusCode, message } = error as { code?: string; statusCode?: number; message: string };
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE')
    return new EngineError('BODY_TOO_LARGE', { limit: services.config.bodyLimit });
  if (error instanceof SyntaxError || code === 'FST_ERR_CTP_INVALID_JSON_BODY')
    return new EngineError('JSON_INVALID', { reason: message });
  if (statusCode !== undefined && statusCode < 500)
    return new EngineError('INPUT_INVALID', { reason: message });
  return error;
}

function portOf(app: FastifyInstance): number {
  const address = app.server.address();
  if (address === null || typeof address === 'string') throw new Error('The server listens on no port');
  return address.port;
}
