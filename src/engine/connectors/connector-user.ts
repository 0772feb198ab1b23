import type { Connections, Connector } from '../node-kit/index.ts';

/** Fields of a credential, decrypted. */
export type Settings = Readonly<Record<string, string>>;

/** Works with a connection that its users share. Throws NodeErrors; when `signal` is aborted, its reason. */
export type UseConnection<C> = <R>(
  connections: Connections,
  settings: Settings,
  work: (connection: C) => Promise<R>,
  signal?: AbortSignal,
) => Promise<R>;

/** How nodes use what a connector opens; `failureOf` makes a NodeError of what the driver throws meanwhile. */
export function userOf<C>(
  connector: Connector<Settings, C>,
  failureOf: (error: unknown, settings: Settings, connection: C) => Error,
): UseConnection<C> {
  return (connections, settings, work, signal) =>
    connections.use(
      connector,
      settings,
      (connection) =>
        work(connection).catch((error: unknown) => {
          signal?.throwIfAborted();
          throw failureOf(error, settings, connection);
        }),
      signal,
    );
}
