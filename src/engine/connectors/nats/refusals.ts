import { errors, type NatsConnection } from '@nats-io/transport-node';

/**
 * Subjects that the server did not let us publish to. It says so beside the messages, before it answers the next flush.
 * Ends with the connection.
 */
export class Refusals {
  readonly #bySubject = new Map<string, Error>();

  constructor(connection: NatsConnection) {
    void this.#watch(connection);
  }

  get isEmpty(): boolean {
    return this.#bySubject.size === 0;
  }

  /** Throws what the server said about this subject. */
  check(subject: string): void {
    const refusal = this.#bySubject.get(subject);
    if (refusal) throw refusal;
  }

  async #watch(connection: NatsConnection): Promise<void> {
    for await (const status of connection.status()) {
      if (status.type !== 'error') continue;
      const { error } = status;
      if (error instanceof errors.PermissionViolationError && error.operation === 'publish')
        this.#bySubject.set(error.subject, error);
    }
  }
}
