/** Node's `send` of an IPC channel: false means that too much is waiting in the pipe. */
export type Send<TMessage> = (message: TMessage, sent: (error: Error | null) => void) => boolean;

interface Queued<TMessage> {
  message: TMessage;
  bytes: number;
}

/**
 * Sends in order and holds messages back while the channel is full. Node would queue without end, and a window that
 * streams faster than the other side reads would take the whole process along.
 */
export class PacedSender<TMessage> {
  readonly #send: Send<TMessage>;
  readonly #limitBytes: number;
  #queue: Queued<TMessage>[] = [];
  #queuedBytes = 0;
  #isPaused = false;

  constructor(send: Send<TMessage>, limitBytes = 64 * 1024 ** 2) {
    this.#send = send;
    this.#limitBytes = limitBytes;
  }

  /** Gives false, and drops the message, when more than the limit is already held back. */
  send(message: TMessage, bytes = 0): boolean {
    if (!this.#isPaused) {
      this.#pass(message);
      return true;
    }
    if (this.#queuedBytes + bytes > this.#limitBytes) return false;
    this.#queue.push({ message, bytes });
    this.#queuedBytes += bytes;
    return true;
  }

  /** Forgets what was held back; for when the other side is gone. */
  clear(): void {
    this.#queue = [];
    this.#queuedBytes = 0;
  }

  #pass(message: TMessage): void {
    let isSent = false;
    let isAwaited = false;
    const isRoomLeft = this.#send(message, () => {
      isSent = true;
      if (isAwaited) this.#resume();
    });
    isAwaited = !isRoomLeft && !isSent;
    this.#isPaused = isAwaited;
  }

  #resume(): void {
    this.#isPaused = false;
    while (!this.#isPaused) {
      const next = this.#queue.shift();
      if (!next) return;
      this.#queuedBytes -= next.bytes;
      this.#pass(next.message);
    }
  }
}

/** About what a frame weighs in memory. */
export function bytesOf(data: unknown): number {
  if (typeof data === 'string') return data.length * 2;
  if (data instanceof ArrayBuffer || ArrayBuffer.isView(data)) return data.byteLength;
  return 1024;
}
