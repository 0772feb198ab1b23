import { createORPCClient } from '@orpc/client';
import { describe, expect, it, vi } from 'vitest';
import { createPortLink } from './port-link.ts';
import { PORT_MESSAGE } from './desktop-bridge.ts';

type Client = { system: { info(): Promise<unknown> } };

/** A window that only takes messages. */
function fakeWindow() {
  const target = new EventTarget() as Window;
  const requestPort = vi.fn();
  Object.assign(target, {
    document: { documentElement: { lang: 'en' } },
    guixuflowDesktop: { platform: 'linux', requestPort },
  });
  const hand = (data: unknown, port: MessagePort, source: unknown = target) =>
    target.dispatchEvent(Object.assign(new Event('message'), { data, ports: [port], source }));
  return { target, requestPort, hand };
}

describe('createPortLink', () => {
  it('asks for a port and keeps calls until it comes', async () => {
    const { target, requestPort, hand } = fakeWindow();
    const client: Client = createORPCClient(createPortLink(target));
    const call = client.system.info();
    expect(requestPort).toHaveBeenCalledOnce();

    const { port1, port2 } = new MessageChannel();
    const request = new Promise((resolve) => port2.addEventListener('message', resolve));
    port2.start();
    hand(PORT_MESSAGE, port1);
    await request;

    const next = new MessageChannel();
    hand(PORT_MESSAGE, next.port1);
    await expect(call).rejects.toThrow('The engine restarted.');
    port2.close();
    next.port2.close();
  });

  it('takes no port from other windows and for other purposes', async () => {
    const { target, hand } = fakeWindow();
    const client: Client = createORPCClient(createPortLink(target));
    const { port1, port2 } = new MessageChannel();
    const heard = vi.fn();
    port2.addEventListener('message', heard);
    port2.start();
    hand('something else', port1);
    hand(PORT_MESSAGE, port1, new EventTarget());

    const call = Promise.race([client.system.info(), Promise.resolve('still waiting')]);
    await expect(call).resolves.toBe('still waiting');
    expect(heard).not.toHaveBeenCalled();
    port2.close();
  });
});
