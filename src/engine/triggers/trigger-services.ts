import type { PendingStore } from '../storage/index.ts';
import type { ExecutionService, ResolveTriggerParameters } from '../execution/index.ts';
import type { Clock, Logger } from '../kernel/index.ts';
import type { Connections, HttpClient, LocalFiles, NodeDefinition } from '../node-kit/index.ts';
import type {
  BlobStore,
  KeptDataStore,
  ScheduleStore,
  StartKeyStore,
  WorkflowStore,
} from '../storage/index.ts';
import type { RevealedCredential } from './authenticate.ts';

/** The most bytes that a call may bring: into memory, and as files. */
export interface BodyLimits {
  body: number;
  upload: number;
}

/** What the triggers work with; put together in `app.ts`. */
export interface TriggerServices {
  workflows: Pick<WorkflowStore, 'list' | 'get' | 'listActive'>;
  startKeys: StartKeyStore;
  schedules: ScheduleStore;
  executions: Pick<ExecutionService, 'start' | 'findWait' | 'resume' | 'decide'>;
  pending: Pick<PendingStore, 'decidedBy'>;
  keptData: KeptDataStore;
  findNodeType(
    type: string,
    version: number,
  ): NodeDefinition | undefined | Promise<NodeDefinition | undefined>;
  /** Whether nodes of this type show pages to who began the execution with a form. */
  findPageType(type: string, version: number): boolean | Promise<boolean>;
  resolveParameters: ResolveTriggerParameters;
  /** A trigger fired and its workflow could not be started. */
  onTriggerFailure(workflow: { id: string; name: string }, error: unknown): void;
  /** Throws CREDENTIAL_NOT_FOUND, CREDENTIAL_UNREADABLE. */
  revealCredential(id: string): Promise<RevealedCredential>;
  blobs: BlobStore;
  files: LocalFiles;
  http: HttpClient;
  connections: Connections;
  /** Something about the connections of this workflow's triggers has changed. */
  onTriggerStatus(workflowId: string): void;
  limits: BodyLimits;
  clock: Clock;
  logger: Logger;
  /** IANA name, for workflows that name none. */
  timezone: string;
  /** Where webhooks are reached, such as `http://127.0.0.1:5680/webhook`; asked late, since the port may be chosen late. */
  webhookBaseUrl(): string;
}
