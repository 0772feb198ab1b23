import { WorkflowDocument } from '../../contract/index.ts';

// Unsaved changes survive a reload of this tab; another tab has its own.
const keyOf = (workflowId: string | null) => `guixuflow.draft.${workflowId ?? 'new'}`;

/** The changes that were not saved when this tab was last left, and the revision they were made on. */
export function readDraft(
  workflowId: string | null,
): { document: WorkflowDocument; revision: number } | null {
  const text = sessionStorage.getItem(keyOf(workflowId));
  if (!text) return null;
  try {
    const { document, revision } = JSON.parse(text) as { document: unknown; revision: unknown };
    const parsed = WorkflowDocument.safeParse(document);
    return parsed.success ? { document: parsed.data, revision: Number(revision) } : null;
  } catch {
    return null;
  }
}

export function keepDraft(workflowId: string | null, document: WorkflowDocument, revision: number): void {
  try {
    sessionStorage.setItem(keyOf(workflowId), JSON.stringify({ document, revision }));
  } catch {
    // Full: the guard before leaving still asks.
  }
}

export function dropDraft(workflowId: string | null): void {
  sessionStorage.removeItem(keyOf(workflowId));
}
