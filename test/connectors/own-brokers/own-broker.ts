/** A broker of a test's own, that keeps what it confirmed over a `kill -9`. */
export interface OwnBroker {
  /** Fields of a credential. */
  data: Record<string, string>;
  /** As a power cut does it; then it is started again. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}
