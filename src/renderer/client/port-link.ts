import type { ClientLink, ClientOptions } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import { PORT_MESSAGE } from './desktop-bridge.ts';

type Context = Record<never, never>;

interface Connection {
  link: RPCLink<Context>;
  port: MessagePort;
  lost: AbortController;
}

/**
 * Carries calls over the newest MessagePort the desktop hands out. Calls made before the first port wait for it; calls
 * under way when the engine restarts fail, since their answers can no longer come.
 */
export function createPortLink(target: Window): ClientLink<Context> {
  let current: Connection | undefined;
  let announce: (connection: Connection) => void;
  const first = new Promise<Connection>((resolve) => (announce = resolve));

  target.addEventListener('message', (event: MessageEvent<unknown>) => {
    const port = event.ports[0];
    if (event.source !== target || event.data !== PORT_MESSAGE || !port) return;
    current?.lost.abort(new TypeError('The engine restarted.'));
    current?.port.close();
    current = {
      link: new RPCLink({
        port,
        headers: () => ({ 'accept-language': target.document.documentElement.lang }),
      }),
      port,
      lost: new AbortController(),
    };
    port.start();
    announce(current);
  });
  target.guixuflowDesktop?.requestPort();

  return {
    async call(path: readonly string[], input: unknown, options: ClientOptions<Context>) {
      const { link, lost } = current ?? (await first);
      const signal = options.signal ? AbortSignal.any([options.signal, lost.signal]) : lost.signal;
      return link.call(path, input, { ...options, signal });
    },
  };
}
