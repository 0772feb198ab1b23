import { OpenAPIHandler } from '@orpc/openapi/fastify';
import type { FastifyInstance } from 'fastify';
import { pickLocale } from '../../contract/index.ts';
import { EngineError } from '../kernel/index.ts';
import { guard, type GuardOptions } from './guard.ts';
import { router } from './handlers/index.ts';
import { reportFailures } from './procedure-caller.ts';
import type { RequestContext, Services } from './services.ts';

const PREFIX = '/api/v1';

/** The contract over HTTP, and its OpenAPI document. */
export function apiRoutes(
  app: FastifyInstance,
  options: GuardOptions & { services: Services },
  done: () => void,
): void {
  const { services } = options;
  guard(app, options);
  acceptJson(app);

  const handler = new OpenAPIHandler<RequestContext>(router, { clientInterceptors: [reportFailures] });
  app.get(`${PREFIX}/openapi.json`, async () =>
    (await import('./openapi-document.ts')).openApiDocument(services.system.version),
  );
  app.all(`${PREFIX}/*`, async (request, reply) => {
    const context = {
      services,
      requestId: request.id,
      locale: pickLocale(request.headers['accept-language']),
    };
    reply.header('x-request-id', request.id);
    const { matched } = await handler.handle(request, reply, { prefix: PREFIX, context });
    if (!matched) throw new EngineError('NOT_FOUND', { path: request.url.split('?', 1)[0] });
    return reply;
  });
  done();
}

/** An empty body with a JSON content type is what many clients send for a call without arguments. */
function acceptJson(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('remove', 'ignore');
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, parsed) => {
    if (body.length === 0) parsed(null, {});
    else void parse(request, body as string, parsed);
  });
}
