/** A server that tests talk to. */
export interface Service {
  /** As the test run prints it. */
  name: string;
  /**
   * Finds one that runs on its standard port, else starts one of its own on a free port of the loopback interface, after
   * installing it by apt where that can be. Never stops or changes one that it did not start.
   */
  provide(env: NodeJS.ProcessEnv): Promise<Provided | { missing: string }>;
}

export interface Provided {
  /** What tests find it by: names that begin with GUIXU_TEST_. */
  env: Record<string, string>;
  /** Ends what was started. Absent where it ran already. */
  stop?(): void | Promise<void>;
}
