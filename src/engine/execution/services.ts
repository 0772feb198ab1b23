import type { ExecutionSummary, Item, WorkflowSettings } from '../../contract/index.ts';
import type { CommandRunner } from '../commands/index.ts';
import type { TaskRunner } from '../tasks/index.ts';
import type { CodeRunner, ExpressionEngine } from '../expression/index.ts';
import type { Clock, Logger } from '../kernel/index.ts';
import type {
  BinaryStore,
  Connections,
  HttpClient,
  LocalFiles,
  RevealedCredential,
} from '../node-kit/index.ts';
import type {
  DataTableStore,
  ExecutionStore,
  KeptDataStore,
  StartKeyStore,
  WorkflowStore,
} from '../storage/index.ts';
import type { AdmissionLimits } from './admission.ts';
import type { EventHub } from './event-hub.ts';

/** What the run loop and the contexts of nodes are given to work with. */
export interface ExecutionServices {
  /** Told of each execution that comes into memory; gives what to call once it has left. */
  beginRun?(executionId: string, settings: WorkflowSettings): () => void;
  store: ExecutionStore;
  startKeys: Pick<StartKeyStore, 'holders'>;
  workflows: Pick<WorkflowStore, 'published'>;
  keptData: KeptDataStore;
  dataTables: Pick<DataTableStore, 'rows' | 'write'>;
  expressions: ExpressionEngine;
  code: CodeRunner;
  commands: CommandRunner;
  tasks: TaskRunner;
  http: HttpClient;
  connections: Connections;
  binary: BinaryStore;
  files: LocalFiles;
  /** A stored credential as nodes get it; `refused` is a token that the other side did not take. */
  reveal(credentialId: string, refused?: string): Promise<RevealedCredential>;
  /** Where people look at an execution. */
  executionUrl(executionId: string): string;
  /** Where a resume token is sent to. */
  resumeUrl: (kind: 'webhook' | 'form', token: string) => string;
  /** What waits for people in this execution has changed; `titles` are of all that does now. */
  onPending(
    execution: { id: string; workflowId: string | null; workflowName: string },
    titles: readonly string[],
  ): void;
  /** A callback was stored. */
  onCallback(): void;
  /** An execution ended; not told of those that people run by hand. */
  onFinished(execution: ExecutionSummary): void;
  events: EventHub;
  clock: Clock;
  logger: Logger;
  bootId: string;
  /** The allowed part of the environment, for `$env`. */
  env: Readonly<Record<string, string>>;
  /** The instance's IANA time zone. */
  timezone: string;
  /** Item lists guessed to be larger than this leave memory. */
  spillBytes: number;
  limits: AdmissionLimits;
}

export interface SubWorkflowRequest {
  workflowId: string;
  items: readonly Item[];
  wait: boolean;
}
