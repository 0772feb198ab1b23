import { EngineError } from '../../kernel/index.ts';
import { compareWorkflows } from '../../workflow/index.ts';
import type { Services } from '../services.ts';
import { implementer } from './implementer.ts';
import { toWorkflowDetail } from './workflow-detail.ts';

const { versions } = implementer.workflows;

export const versionHandlers = {
  list: versions.list.handler(async ({ input: { id: workflowId, ...page }, context: { services } }) => {
    await requireWorkflow(services, workflowId);
    return services.storage.versions.list({ workflowId, ...page });
  }),

  get: versions.get.handler(({ input: { id, version }, context: { services } }) =>
    findVersion(services, id, version),
  ),

  create: versions.create.handler(async ({ input: { id, name, note }, context: { services } }) => {
    const now = services.clock.now();
    const created = await services.storage.versions.create({ workflowId: id, name, note, now });
    announce(services, id);
    return created;
  }),

  update: versions.update.handler(async ({ input: { id, ...change }, context: { services } }) => {
    const updated = await services.storage.versions.update({ workflowId: id, ...change });
    announce(services, id);
    return updated;
  }),

  delete: versions.delete.handler(async ({ input: { id, version }, context: { services } }) => {
    await services.storage.versions.delete(id, version);
    announce(services, id);
    return { version };
  }),

  restore: versions.restore.handler(async ({ input: { id, version, revision }, context }) => {
    const { services } = context;
    const now = services.clock.now();
    const restored = await services.storage.versions.restore({ workflowId: id, version, revision, now });
    services.events.publish({ type: 'workflow-changed', workflowId: id, change: 'saved' });
    return toWorkflowDetail(context, restored);
  }),

  diff: versions.diff.handler(async ({ input: { id, from, to }, context: { services } }) => {
    const former = from ?? (await formerVersion(services, id));
    return compareWorkflows(await sideOf(services, id, former), await sideOf(services, id, to));
  }),
};

/** What people mean by "what has changed": since the published version, or else since the newest one. */
async function formerVersion(services: Services, id: string): Promise<number> {
  const { publishedVersion } = await requireWorkflow(services, id);
  if (publishedVersion !== null) return publishedVersion;
  const [newest] = (await services.storage.versions.list({ workflowId: id, limit: 1 })).items;
  if (!newest) throw new EngineError('VERSION_NOT_FOUND', { version: 1 });
  return newest.version;
}

async function sideOf(services: Services, id: string, side: number | 'draft') {
  return (side === 'draft' ? await requireWorkflow(services, id) : await findVersion(services, id, side))
    .document;
}

async function findVersion(services: Services, id: string, version: number) {
  const found = await services.storage.versions.get(id, version);
  if (found) return found;
  await requireWorkflow(services, id);
  throw new EngineError('VERSION_NOT_FOUND', { version });
}

async function requireWorkflow(services: Services, id: string) {
  const stored = await services.storage.workflows.get(id);
  if (!stored) throw new EngineError('WORKFLOW_NOT_FOUND', { id });
  return stored;
}

function announce({ events }: Services, workflowId: string): void {
  events.publish({ type: 'workflow-changed', workflowId, change: 'versions' });
}
