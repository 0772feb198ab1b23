import type { Connection } from 'tedious';

/** Connections of one credential, opened as they are needed, up to so many; who comes then waits for one. */
export class ConnectionPool {
  readonly #open: () => Promise<Connection>;
  readonly #most: number;
  readonly #idle: Connection[] = [];
  readonly #waiting: Array<() => void> = [];
  #lent = 0;

  constructor(open: () => Promise<Connection>, most: number) {
    this.#open = open;
    this.#most = most;
  }

  async take(): Promise<Connection> {
    while (this.#lent >= this.#most) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    this.#lent++;
    try {
      return this.#idle.pop() ?? (await this.#connect());
    } catch (error) {
      this.#free();
      throw error;
    }
  }

  give(connection: Connection, isBroken: boolean): void {
    if (isBroken) connection.close();
    else this.#idle.push(connection);
    this.#free();
  }

  /** Those that are lent close when they are given back broken, or with the process. */
  close(): void {
    for (const connection of this.#idle.splice(0)) connection.close();
  }

  async #connect(): Promise<Connection> {
    const connection = await this.#open();
    // The server may end it while nobody uses it.
    connection.on('end', () => {
      const index = this.#idle.indexOf(connection);
      if (index >= 0) this.#idle.splice(index, 1);
    });
    return connection;
  }

  #free(): void {
    this.#lent--;
    this.#waiting.shift()?.();
  }
}
