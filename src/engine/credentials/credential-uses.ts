import type { CredentialUse, WorkflowDocument } from '../../contract/index.ts';
import type { WorkflowStore } from '../storage/index.ts';

const PAGE = 200;

/** By credential the workflows whose draft or published version uses it, in the order of their names. */
export async function credentialUses(
  workflows: WorkflowStore,
): Promise<Map<string, CredentialUse['workflows']>> {
  const uses = new Map<string, CredentialUse['workflows']>();
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
      const used = new Set([...usedBy(draft?.document), ...usedBy(published?.document)]);
      for (const credentialId of used)
        uses.set(credentialId, [...(uses.get(credentialId) ?? []), { id, name }]);
    }
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return uses;
}

function usedBy(document: WorkflowDocument | undefined): string[] {
  if (!document) return [];
  const signing = document.settings.callbacks?.credential;
  return [
    ...(signing ? [signing] : []),
    ...document.nodes.flatMap(({ credentials }) => Object.values(credentials ?? {})),
  ];
}
