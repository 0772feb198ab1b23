import type { ContractRouterClient } from '@orpc/contract';
import { createRouterClient } from '@orpc/server';
import { RPCHandler } from '@orpc/server/message-port';
import type { SupportedMessagePort } from '@orpc/client/message-port';
import { pickLocale, type Contract } from '../../contract/index.ts';
import { createId } from '../kernel/index.ts';
import { toResponseError } from './error-response.ts';
import { router } from './handlers/index.ts';
import type { RequestContext, Services } from './services.ts';

/** The contract as plain functions. */
export type EngineClient = ContractRouterClient<Contract>;
export type EnginePort = SupportedMessagePort;

interface Call {
  context: RequestContext;
  next(): Promise<unknown>;
}

/** The one place where a failure of a handler becomes what a caller is told. */
export async function reportFailures({ context, next }: Call): Promise<unknown> {
  try {
    return await next();
  } catch (error) {
    throw toResponseError(error, {
      locale: context.locale,
      requestId: context.requestId,
      logger: context.services.logger,
    });
  }
}

/** Calls the handlers in this process, past any wire. */
export function createEngineClient(services: Services): EngineClient {
  return createRouterClient(router, {
    context: () => ({ services, requestId: createId(), locale: services.config.locale }),
    interceptors: [reportFailures],
  });
}

/**
 * Serves one window over a message port until the port closes. Messages are in the window's language when its calls
 * carry an `accept-language` header.
 */
export function attachPort(services: Services, port: EnginePort): void {
  const handler = new RPCHandler<RequestContext>(router, {
    rootInterceptors: [
      (options) => {
        const language = options.request.headers['accept-language'];
        const locale = typeof language === 'string' ? pickLocale(language) : services.config.locale;
        return options.next({ ...options, context: { services, requestId: createId(), locale } });
      },
    ],
    clientInterceptors: [reportFailures],
  });
  handler.upgrade(port, { context: { services, requestId: '', locale: services.config.locale } });
  if ('start' in port && typeof port.start === 'function') port.start();
}
