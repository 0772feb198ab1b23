/** What passes between Electron's main process and the engine's process, over Node's IPC with advanced serialization. */

/** A frame of a window's conversation with the engine. Opaque here: oRPC sends texts and bytes. */
export type Frame = unknown;

/** Ends of one window's conversation carry its number: a window that asks again gets a new one. */
interface OfPort {
  port: number;
}

export type ToEngine =
  | { type: 'start'; locale: string }
  | { type: 'key'; key: string | null }
  | { type: 'ping' }
  | ({ type: 'open-port' } & OfPort)
  | ({ type: 'frame'; data: Frame } & OfPort)
  | ({ type: 'close-port' } & OfPort)
  | { type: 'stop' };

export type FromEngine =
  /** Asks for the encryption key of this data folder; with `create`, one is made when the keychain has none. */
  | { type: 'key-request'; dataDir: string; create: boolean }
  /** Serving. The address carries the token that lets its bearer in. */
  | { type: 'ready'; startUrl: string }
  /** The engine cannot start, and trying again would not help. `message` is in the asked-for language. */
  | { type: 'refused'; code: string; message: string }
  | { type: 'pong' }
  | ({ type: 'frame'; data: Frame } & OfPort)
  | ({ type: 'close-port' } & OfPort);
