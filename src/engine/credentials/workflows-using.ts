import type { WorkflowDocument } from '../../contract/index.ts';
import type { WorkflowStore } from '../storage/index.ts';

const PAGE = 200;

/** Names of the workflows whose draft or published version uses the credential. */
export async function workflowsUsing(workflows: WorkflowStore, credentialId: string): Promise<string[]> {
  const names: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await workflows.list({
      limit: PAGE,
      sort: 'name',
      direction: 'asc',
      ...(cursor && { cursor }),
    });
    for (const { id, name, publishedVersion } of page.items) {
      const draft = await workflows.get(id);
      const published = publishedVersion === null ? null : await workflows.published(id);
      if (uses(draft?.document, credentialId) || uses(published?.document, credentialId)) names.push(name);
    }
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return names;
}

function uses(document: WorkflowDocument | undefined, credentialId: string): boolean {
  if (!document) return false;
  if (document.settings.callbacks?.credential === credentialId) return true;
  return document.nodes.some((node) => Object.values(node.credentials ?? {}).includes(credentialId));
}
