import type {
  WorkflowDocument,
  WorkflowSummary,
  WorkflowVersion,
  WorkflowVersionDetail,
} from '../../../contract/index.ts';
import type { Page } from './page.ts';

export interface StoredWorkflow extends WorkflowSummary {
  document: WorkflowDocument;
}

/** One immutable published version. */
export interface PublishedWorkflow {
  id: string;
  name: string;
  version: number;
  document: WorkflowDocument;
}

export interface WorkflowStore {
  list(query: {
    limit: number;
    cursor?: string;
    search?: string;
    active?: boolean;
    tag?: string;
    sort: 'name' | 'createdAt' | 'updatedAt';
    direction: 'asc' | 'desc';
  }): Promise<Page<WorkflowSummary>>;
  /** Null when there is none. */
  get(id: string): Promise<StoredWorkflow | null>;
  insert(workflow: { id: string; document: WorkflowDocument; now: number }): Promise<StoredWorkflow>;
  /**
   * Throws REVISION_STALE when `revision` is not the stored one, WORKFLOW_NOT_FOUND when there is none. The draft that is
   * replaced is kept as an automatic version when the last version is some minutes old.
   */
  saveDraft(workflow: {
    id: string;
    document: WorkflowDocument;
    revision: number;
    now: number;
  }): Promise<StoredWorkflow>;
  delete(id: string): Promise<boolean>;
  /** Writes the draft as the next version (the same version again when nothing changed) and marks the workflow active. */
  publish(id: string, now: number): Promise<PublishedWorkflow>;
  setInactive(id: string, now: number): Promise<void>;
  published(id: string): Promise<PublishedWorkflow | null>;
  listActive(): Promise<PublishedWorkflow[]>;
}

/** What is kept of a workflow's past. Versions are added by publishing and saving too, see `WorkflowStore`. */
export interface VersionStore {
  /** The newest first. */
  list(query: { workflowId: string; limit: number; cursor?: string }): Promise<Page<WorkflowVersion>>;
  /** Null when there is none. */
  get(workflowId: string, version: number): Promise<WorkflowVersionDetail | null>;
  /**
   * Keeps the draft under a name; where the newest version is just that and has no name yet, it gets this one. Throws
   * WORKFLOW_NOT_FOUND.
   */
  create(version: { workflowId: string; name: string; note: string; now: number }): Promise<WorkflowVersion>;
  /** What is left out stays as it is. Throws VERSION_NOT_FOUND. */
  update(version: {
    workflowId: string;
    version: number;
    name?: string;
    note?: string;
  }): Promise<WorkflowVersion>;
  /** Throws VERSION_PUBLISHED for the one that triggers run, VERSION_NOT_FOUND. */
  delete(workflowId: string, version: number): Promise<void>;
  /**
   * Makes the version the draft. The draft before it is kept as an automatic version. Throws REVISION_STALE,
   * VERSION_NOT_FOUND, WORKFLOW_NOT_FOUND.
   */
  restore(version: {
    workflowId: string;
    version: number;
    revision: number;
    now: number;
  }): Promise<StoredWorkflow>;
}
