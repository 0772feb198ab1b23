import type { Frame } from '../engine-channel/index.ts';

type Listener = (event?: { data: unknown }) => void;

/** One window's conversation, shaped like the MessagePort of Electron's main process that oRPC serves. */
export class WindowPort {
  readonly #post: (data: Frame) => void;
  readonly #listeners = new Map<string, Listener[]>();

  constructor(post: (data: Frame) => void) {
    this.#post = post;
  }

  on(event: string, listener: Listener): void {
    this.#listeners.set(event, [...(this.#listeners.get(event) ?? []), listener]);
  }

  postMessage(data: Frame): void {
    this.#post(data);
  }

  /** Hands a frame of the window to whoever serves this port. */
  deliver(data: Frame): void {
    for (const listener of this.#listeners.get('message') ?? []) listener({ data });
  }

  /** Says that the window is gone, so that its event streams end. */
  close(): void {
    for (const listener of this.#listeners.get('close') ?? []) listener();
    this.#listeners.clear();
  }
}
