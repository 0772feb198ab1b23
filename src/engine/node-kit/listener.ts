import type { Item } from '../../contract/index.ts';
import type { Clock, Logger } from '../kernel/index.ts';
import type { RevealedCredential } from './authenticate-headers.ts';
import type { Connections } from './connections.ts';
import type { BinaryStore } from './context.ts';
import type { HttpClient } from './http-client.ts';
import type { LocalFiles } from './local-files.ts';
import type { ParameterMap, ParametersOf } from './parameters.ts';

/** What a trigger that listens to something outside works with, from one connection to the end of it. */
export interface ListenContext<P extends ParameterMap = ParameterMap> {
  readonly parameters: ParametersOf<P>;
  /** Decrypted fields of the credential in this slot; null when none is chosen. */
  credential(slot: string): Promise<RevealedCredential | null>;
  /**
   * Begins an execution with these items and resolves once its row is committed; only then is the message to be
   * acknowledged. With `once`, a name for the message that stays the same when it is delivered again, a message that came
   * before begins nothing and resolves too. Where the queue of executions is full it waits. Rejects when the listener
   * ends before, or when the workflow cannot be started: then the message must not be acknowledged.
   */
  emit(items: readonly Item[], options?: { once?: string }): Promise<void>;
  /** The connection is gone. The listener is closed and opened again after a while, longer each time. */
  lost(error: unknown): void;
  /** JSON data that the node keeps from one connection, and one start of the program, to the next; stored when it resolves. */
  readonly kept: {
    /** Undefined when nothing is kept under the name. */
    get(name: string): Promise<unknown>;
    set(name: string, value: unknown): Promise<void>;
  };
  readonly http: HttpClient;
  readonly binary: BinaryStore;
  readonly files: LocalFiles;
  readonly connections: Connections;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Aborted when the listener is to end; `close` is called then. */
  readonly signal: AbortSignal;
  /** The editor waits for one message, after which the listener is closed. What it does not need it should leave. */
  readonly isTest: boolean;
  readonly workflowId: string;
  readonly node: { id: string; name: string };
}

/** A listener that is connected. */
export interface Listener {
  /** Ends it and lets go of what it holds. Messages whose `emit` has not resolved are left to be delivered again. */
  close(): void | Promise<void>;
}
