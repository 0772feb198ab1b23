import type { StartRequest } from './types.ts';

/** Sandbox contexts are shared within one version of one workflow; a draft has its own per document. */
const draftOwners = new WeakMap<object, string>();
let drafts = 0;

export function ownerOf({
  document,
  workflowId,
  version,
}: Pick<StartRequest, 'document' | 'workflowId' | 'version'>): string {
  if (workflowId !== null && version !== null) return `${workflowId}@${version}`;
  let owner = draftOwners.get(document);
  if (!owner) draftOwners.set(document, (owner = `draft-${drafts++}`));
  return owner;
}
