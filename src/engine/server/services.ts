import type {
  CredentialSummary,
  CredentialTypeDescription,
  CredentialUse,
  Locale,
  NodeTypeDescription,
  OpenApiList,
  OpenApiOperation,
  OpenApiSummary,
  OpenApiValues,
  TriggerStatus,
  WorkflowDocument,
  WorkflowFileFormat,
  WorkflowProblem,
} from '../../contract/index.ts';
import type { Backup } from '../backup/index.ts';
import type { EventHub, ExecutionService, PreviewRequest, PreviewResult } from '../execution/index.ts';
import type { Clock, Config, Logger } from '../kernel/index.ts';
import type { RetentionService } from '../retention/index.ts';
import type { Page, Storage } from '../storage/index.ts';
import type { Listening } from '../triggers/index.ts';
import type { ReadWorkflow } from '../workflow/index.ts';

/** Stored credentials; secrets go in and never come out. */
export interface CredentialService {
  list(query: { limit: number; cursor?: string; type?: string }): Promise<Page<CredentialSummary>>;
  create(credential: {
    name: string;
    type: string;
    data: Record<string, string>;
  }): Promise<CredentialSummary>;
  update(credential: {
    id: string;
    name?: string;
    data?: Record<string, string>;
  }): Promise<CredentialSummary>;
  delete(id: string): Promise<void>;
  uses(): Promise<CredentialUse[]>;
  /** Where a person signs in with the provider of an OAuth2 credential. */
  connect(id: string): Promise<{ url: string }>;
  /** Takes the provider's answer; gives the credential's name. */
  finishSignIn(answer: URL): Promise<{ name: string }>;
  /** Resolves when the other side accepted it. */
  test(credential: { id?: string; type: string; data?: Record<string, string> }): Promise<void>;
}

/** Registers and withdraws the triggers of workflows. */
export interface ActivationService {
  /** Publishes the draft and registers its triggers, all of them or none. */
  activate(workflowId: string): Promise<void>;
  deactivate(workflowId: string): Promise<void>;
  /** Why the triggers of an active workflow are not registered, found when the engine started; null when they are. */
  failureOf(workflowId: string): WorkflowProblem | null;
  /** How the listening triggers of an active workflow stand. */
  triggerStatuses(workflowId: string): TriggerStatus[];
  /** As the procedure of that name. Throws SCHEDULE_INVALID, WORKFLOW_INVALID. */
  nextFireTimes(request: {
    document: WorkflowDocument;
    nodeId: string;
    count: number;
  }): Promise<{ times: number[]; timezone: string }>;
  /** Has a trigger of a draft wait for a single call or message. */
  listen(request: {
    workflowId: string;
    document: WorkflowDocument;
    nodeId: string;
    destinationNode?: string;
  }): Promise<Listening>;
  stopListening(workflowId: string): Promise<void>;
}

/** Reading, checking and writing workflow documents. */
export interface DocumentService {
  /** Throws WORKFLOW_FILE_INVALID, WORKFLOW_TOO_NEW. */
  read(text: string, fileName?: string): Promise<ReadWorkflow>;
  /** What is wrong with it, in English; `forActivation` also asks for something that can start it. */
  validate(document: WorkflowDocument, options?: { forActivation?: boolean }): Promise<WorkflowProblem[]>;
  /** As `read`, of the file at an address; also throws as `HttpClient` does. */
  fetch(url: string): Promise<ReadWorkflow>;
  serialize(document: WorkflowDocument, format: WorkflowFileFormat): Promise<string>;
}

/** Requests as documents of OpenAPI and Swagger describe them. */
export interface OpenApiService {
  /** Throws HTTP_STATUS, OPENAPI_TOO_LARGE and what `HttpClient` throws. */
  fetch(url: string): Promise<string>;
  /** Throws the OPENAPI codes that say what is wrong with the document. */
  operations(text: string): Promise<OpenApiList>;
  /** As `operations`, and OPENAPI_OPERATION_MISSING. */
  operation(
    wanted: Pick<OpenApiSummary, 'method' | 'path'> & { text: string; url?: string | undefined },
  ): Promise<OpenApiOperation>;
  /** The parameters of an HTTP Request node. Throws OPENAPI_VALUE_MISSING, OPENAPI_VALUE_INVALID. */
  node(
    operation: OpenApiOperation,
    filled: { server: string; values: OpenApiValues },
  ): Promise<Record<string, unknown>>;
}

/** Everything the handlers of the contract work with; put together in `app.ts`. */
export interface Services {
  readonly config: Config;
  readonly logger: Logger;
  readonly clock: Clock;
  readonly storage: Storage;
  readonly executions: ExecutionService;
  readonly retention: RetentionService;
  readonly events: EventHub;
  readonly activation: ActivationService;
  readonly documents: DocumentService;
  readonly openApi: OpenApiService;
  readonly credentials: CredentialService;
  readonly nodeTypes: { describe(): Promise<NodeTypeDescription[]> | NodeTypeDescription[] };
  readonly credentialTypes: { describe(): CredentialTypeDescription[] };
  /** Sends the callbacks that are due. */
  sendCallbacks(): void;
  previewExpression(request: PreviewRequest): Promise<PreviewResult>;
  /** Throws BACKUP_KEY_MISSING. */
  backup(options: { withKey: boolean }): Promise<Backup>;
  readonly system: {
    version: string;
    host: 'desktop' | 'headless';
    webhookBaseUrl(): string;
    /** Where providers send people back to. */
    oauthRedirectUrl(): string;
    /** Starts the engine anew; null where the host cannot. */
    restart: (() => void) | null;
  };
  /** Aborts when the engine stops, to end streams that would otherwise stay open. */
  readonly stopping: AbortSignal;
}

/** What is known about one call, whatever carried it. */
export interface RequestContext {
  services: Services;
  requestId: string;
  locale: Locale;
}
