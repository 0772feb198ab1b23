import { EngineError } from '../../kernel/index.ts';
import type { Services } from '../services.ts';
import { allPages } from './all-pages.ts';
import { implementer } from './implementer.ts';

const { credentials } = implementer;

export const credentialTypeHandlers = {
  list: implementer.credentialTypes.list.handler(({ context }) => ({
    items: context.services.credentialTypes.describe(),
  })),
};

export const credentialHandlers = {
  list: credentials.list.handler(({ input, context }) => context.services.credentials.list(input)),
  create: credentials.create.handler(({ input, context }) => context.services.credentials.create(input)),
  update: credentials.update.handler(({ input, context }) => context.services.credentials.update(input)),
  delete: credentials.delete.handler(async ({ input, context: { services } }) => {
    const stored = await services.storage.credentials.get(input.id);
    if (!stored) throw new EngineError('CREDENTIAL_NOT_FOUND', { id: input.id });
    const workflows = await workflowsUsing(services, input.id);
    if (workflows.length > 0) throw new EngineError('CREDENTIAL_IN_USE', { name: stored.name, workflows });
    await services.credentials.delete(input.id);
    return { id: input.id };
  }),
};

/** Names of the workflows whose draft or published version names the credential. */
async function workflowsUsing(services: Services, credentialId: string): Promise<string[]> {
  const { workflows } = services.storage;
  const names: string[] = [];
  for await (const summary of allPages((cursor) =>
    workflows.list({ limit: 200, cursor, sort: 'name', direction: 'asc' }),
  )) {
    const draft = await workflows.get(summary.id);
    const published = summary.active ? await workflows.published(summary.id) : null;
    const nodes = [...(draft?.document.nodes ?? []), ...(published?.document.nodes ?? [])];
    if (nodes.some((node) => Object.values(node.credentials ?? {}).includes(credentialId)))
      names.push(summary.name);
  }
  return names;
}
