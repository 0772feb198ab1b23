import { hash } from 'node:crypto';
import type { WorkflowDocument } from '../../contract/index.ts';

export interface HashedDocument {
  hash: string;
  content: string;
}

/**
 * Names workflow documents by their content, so that each is stored once however often it runs. Remembers the name
 * per object: a document that is handed in is not changed afterwards.
 */
export class DocumentHashes {
  readonly #seen = new WeakMap<WorkflowDocument, HashedDocument & { workflowId: string | null }>();

  /** The workflow's id is part of the name, so that documents of one workflow can go with it. */
  identify({
    document,
    workflowId,
  }: {
    document: WorkflowDocument;
    workflowId: string | null;
  }): HashedDocument {
    const seen = this.#seen.get(document);
    if (seen && seen.workflowId === workflowId) return seen;
    const content = JSON.stringify(document);
    const hashed = {
      hash: hash('sha256', `${workflowId ?? ''}\n${content}`, 'base64url'),
      content,
      workflowId,
    };
    this.#seen.set(document, hashed);
    return hashed;
  }
}
