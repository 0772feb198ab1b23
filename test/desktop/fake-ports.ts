import { EventEmitter } from 'node:events';

type ToPage = (action: 'port-message' | 'port-close', data?: unknown) => void;

let lastId = 0;
/** The ends of all channels that the main process holds. */
export const hostPorts = new Map<number, FakePort>();

/** The main process's end of a channel whose other end lives in a page. */
export class FakePort extends EventEmitter {
  readonly id = ++lastId;
  #toPage: ToPage = () => {};
  #isStarted = false;
  #waiting: unknown[] = [];

  constructor() {
    super();
    hostPorts.set(this.id, this);
  }
  attach(toPage: ToPage): void {
    this.#toPage = toPage;
  }
  start(): void {
    this.#isStarted = true;
    for (const data of this.#waiting.splice(0)) this.emit('message', { data });
  }
  postMessage(data: unknown): void {
    this.#toPage('port-message', structuredClone(data));
  }
  close(): void {
    if (!hostPorts.delete(this.id)) return;
    this.#toPage('port-close');
    this.emit('close');
  }
  fromPage(action: string, data: unknown): void {
    if (action === 'port-close') this.close();
    else if (this.#isStarted) this.emit('message', { data });
    else this.#waiting.push(data);
  }
}

/** The end that is handed to a page. */
export class FakePortToken {
  readonly port: FakePort;
  constructor(port: FakePort) {
    this.port = port;
  }
}
