import { bytesOf, type FromEngine, type ToEngine } from '../engine-channel/index.ts';

/** Electron's MessagePortMain, as far as frames are passed through it. */
export interface WindowPort {
  on(event: 'message', listener: (event: { data: unknown }) => void): unknown;
  on(event: 'close', listener: () => void): unknown;
  postMessage(data: unknown): void;
  start(): void;
  close(): void;
}

export interface PortRelayOptions {
  /** Makes a pair, gives one end to the window and the other one back; null when the window is gone. */
  openPort(windowId: number): WindowPort | null;
  /** False when the engine is away or too much is waiting for it. */
  send(message: ToEngine, bytes?: number): boolean;
}

/**
 * Passes opaque frames between windows and the engine. A MessagePort cannot be handed to a plain Node process, so each
 * window's ends here. A window that asked once gets a new port after every start of the engine.
 */
export class PortRelay {
  readonly #options: PortRelayOptions;
  readonly #windows = new Set<number>();
  readonly #ports = new Map<number, { windowId: number; port: WindowPort }>();
  #isEngineUp = false;
  #lastNumber = 0;

  constructor(options: PortRelayOptions) {
    this.#options = options;
  }

  /** Gives the window a port: now, or as soon as the engine serves. */
  request(windowId: number): void {
    this.#windows.add(windowId);
    if (this.#isEngineUp) this.#connect(windowId);
  }

  /** Ends what belongs to a closed window. */
  forget(windowId: number): void {
    this.#windows.delete(windowId);
    this.#disconnect(windowId);
  }

  engineReady(): void {
    this.#isEngineUp = true;
    for (const windowId of this.#windows) this.#connect(windowId);
  }

  engineGone(): void {
    this.#isEngineUp = false;
    for (const [number, { port }] of this.#ports) {
      this.#ports.delete(number);
      port.close();
    }
  }

  receive(message: Extract<FromEngine, { type: 'frame' | 'close-port' }>): void {
    const entry = this.#ports.get(message.port);
    if (!entry) return;
    if (message.type === 'frame') {
      entry.port.postMessage(message.data);
      return;
    }
    this.#ports.delete(message.port);
    entry.port.close();
    // The engine gave this conversation up, not the window.
    this.request(entry.windowId);
  }

  #connect(windowId: number): void {
    this.#disconnect(windowId);
    const port = this.#options.openPort(windowId);
    if (!port) {
      this.#windows.delete(windowId);
      return;
    }
    const number = ++this.#lastNumber;
    this.#ports.set(number, { windowId, port });
    this.#options.send({ type: 'open-port', port: number });
    port.on('message', ({ data }) => {
      if (!this.#ports.has(number)) return;
      const isTaken = this.#options.send({ type: 'frame', port: number, data }, bytesOf(data));
      // A lost frame would leave a call hanging; on a new port the window asks again.
      if (!isTaken && this.#isEngineUp) this.#connect(windowId);
    });
    port.on('close', () => this.#drop(number));
    port.start();
  }

  #disconnect(windowId: number): void {
    for (const [number, entry] of this.#ports) {
      if (entry.windowId !== windowId) continue;
      this.#drop(number);
      entry.port.close();
    }
  }

  #drop(number: number): void {
    if (this.#ports.delete(number)) this.#options.send({ type: 'close-port', port: number });
  }
}
