interface Call {
  action: string;
  target: unknown;
  data: unknown;
}

declare global {
  interface Window {
    fakeElectron: { receive(call: Call): void };
    fakeElectronSend(call: Call): Promise<void>;
  }
}

type Listener = (event: { ports: MessagePort[] }, message: unknown) => void;

/**
 * Runs in the page before anything else: gives the compiled preload the two modules it may require. Sent there as
 * text, so it can use nothing from outside itself.
 */
export function pageSide(
  preload: (require: (name: string) => unknown, process: { platform: string }) => void,
): void {
  if (window.top !== window) return;
  const listeners = new Map<string, Listener[]>();
  const ports = new Map<number, MessagePort>();
  const send = (action: string, target: unknown, data: unknown) =>
    void window.fakeElectronSend({ action, target: String(target), data });

  const openPort = (id: number) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => send('port-message', id, data);
    port1.addEventListener('close', () => send('port-close', id, null));
    ports.set(id, port1);
    return port2;
  };
  window.fakeElectron = {
    receive({ action, target, data }) {
      if (action === 'port-message') ports.get(Number(target))?.postMessage(data);
      if (action === 'port-close') ports.get(Number(target))?.close();
      if (action !== 'message') return;
      const { message, ports: ids } = data as { message: unknown; ports: number[] };
      const received = ids.map(openPort);
      for (const listener of listeners.get(String(target)) ?? []) listener({ ports: received }, message);
    },
  };
  const electron = {
    contextBridge: {
      exposeInMainWorld(name: string, api: object) {
        Object.defineProperty(window, name, { value: Object.freeze(api) });
      },
    },
    ipcRenderer: {
      on(channel: string, listener: Listener) {
        listeners.set(channel, [...(listeners.get(channel) ?? []), listener]);
      },
      send: (channel: string, ...args: unknown[]) => send('ipc', channel, args),
    },
  };
  preload(
    (name) => {
      if (name !== 'electron') throw new Error(`A sandboxed preload cannot require ${name}`);
      return electron;
    },
    { platform: 'linux' },
  );
}
