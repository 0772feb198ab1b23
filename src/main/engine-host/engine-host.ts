import { bytesOf, PacedSender, type FromEngine, type ToEngine } from '../engine-channel/index.ts';
import { WindowPort } from './window-port.ts';

/** What the host needs of the engine. */
export interface HostedEngine {
  readonly startUrl: string | null;
  attachPort(port: WindowPort): void;
  stop(): Promise<void>;
}

export interface EngineHostOptions {
  send(message: FromEngine, sent: (error: Error | null) => void): boolean;
  /** Builds and starts the engine; `askKey` asks the desktop for the encryption key. */
  startEngine(locale: string, askKey: AskKey): Promise<HostedEngine>;
  /** Code and sentence of a refusal that another attempt would meet again; null for crashes. */
  describeRefusal(error: unknown, locale: string): { code: string; message: string } | null;
  /** Ends the process. */
  exit(code: number): void;
}

export type AskKey = (request: { dataDir: string; create: boolean }) => Promise<string | null>;

/** The engine's end of the channel to Electron's main process. */
export class EngineHost {
  readonly #options: EngineHostOptions;
  readonly #sender: PacedSender<FromEngine>;
  readonly #ports = new Map<number, WindowPort>();
  #engine: Promise<HostedEngine> | null = null;
  #attach: ((port: WindowPort) => void) | null = null;
  #receiveKey: (key: string | null) => void = () => {};
  #isStopping = false;

  constructor(options: EngineHostOptions) {
    this.#options = options;
    this.#sender = new PacedSender((message, sent) => options.send(message, sent));
  }

  receive(message: ToEngine): void {
    switch (message.type) {
      case 'start':
        void this.#start(message.locale);
        break;
      case 'key':
        this.#receiveKey(message.key);
        break;
      case 'ping':
        this.#sender.send({ type: 'pong' });
        break;
      case 'open-port':
        this.#openPort(message.port);
        break;
      case 'frame':
        this.#ports.get(message.port)?.deliver(message.data);
        break;
      case 'close-port':
        this.#closePort(message.port);
        break;
      case 'stop':
        void this.stop();
        break;
    }
  }

  /** Lets running executions finish and ends the process; also for when the desktop is gone. */
  async stop(): Promise<void> {
    if (this.#isStopping) return;
    this.#isStopping = true;
    for (const number of [...this.#ports.keys()]) this.#closePort(number);
    try {
      await (await this.#engine)?.stop();
      this.#options.exit(0);
    } catch {
      this.#options.exit(1);
    }
  }

  async #start(locale: string): Promise<void> {
    if (this.#engine) return;
    const askKey: AskKey = (request) =>
      new Promise((resolve) => {
        this.#receiveKey = resolve;
        this.#sender.send({ type: 'key-request', ...request });
      });
    this.#engine = this.#options.startEngine(locale, askKey);
    try {
      const engine = await this.#engine;
      this.#attach = (port) => engine.attachPort(port);
      this.#sender.send({ type: 'ready', startUrl: engine.startUrl ?? '' });
    } catch (error) {
      const refusal = this.#options.describeRefusal(error, locale);
      if (!refusal) throw error;
      this.#sender.send({ type: 'refused', ...refusal });
    }
  }

  #openPort(number: number): void {
    const port = new WindowPort((data) => {
      if (!this.#ports.has(number)) return;
      if (this.#sender.send({ type: 'frame', port: number, data }, bytesOf(data))) return;
      // Its frames no longer fit in memory; the window resumes on a new port.
      this.#closePort(number);
      this.#sender.send({ type: 'close-port', port: number });
    });
    this.#ports.set(number, port);
    this.#attach?.(port);
  }

  #closePort(number: number): void {
    const port = this.#ports.get(number);
    this.#ports.delete(number);
    port?.close();
  }
}
