/** How one kind of connection is made and ended: a pool of a database, a client of a broker. */
export interface Connector<S, C> {
  /** Tells connections of different kinds with the same settings apart. */
  kind: string;
  /** Throws a `NodeError` that names the cause; nothing of a failed attempt stays open. */
  open(settings: S, signal: AbortSignal): Promise<C>;
  close(connection: C): void | Promise<void>;
  /** False for one that is broken, so that the next user gets a new one. True when absent. */
  isUsable?(connection: C): boolean;
}

/** Connections that stay open between the runs of nodes. */
export interface Connections {
  /**
   * Lends the connection with these settings (plain data), opened where there is none, for as long as `work` takes.
   * Users with equal settings share it. It is closed some time after nobody used it any more.
   */
  use<S, C, R>(
    connector: Connector<S, C>,
    settings: S,
    work: (connection: C) => R | Promise<R>,
    signal?: AbortSignal,
  ): Promise<R>;
}
