import type { WorkflowDetail, WorkflowDocument, WorkflowFileFormat } from '../../../contract/index.ts';
import { createId, EngineError } from '../../kernel/index.ts';
import type { StoredWorkflow } from '../../storage/index.ts';
import { compareWorkflows } from '../../workflow/index.ts';
import { localizeProblems } from '../localize-problems.ts';
import { localizeReport } from '../localize-report.ts';
import type { RequestContext, Services } from '../services.ts';
import { implementer } from './implementer.ts';
import { versionHandlers } from './versions.ts';
import { toWorkflowDetail } from './workflow-detail.ts';

const { workflows } = implementer;

export const workflowHandlers = {
  list: workflows.list.handler(({ input, context }) => context.services.storage.workflows.list(input)),

  get: workflows.get.handler(async ({ input, context }) =>
    toWorkflowDetail(context, await find(context.services, input.id)),
  ),

  create: workflows.create.handler(({ input, context }) => insert(context, input.document)),

  save: workflows.save.handler(async ({ input: { id, document, revision }, context }) => {
    const { services } = context;
    const saved = await services.storage.workflows.saveDraft({
      id,
      document: { ...document, id },
      revision,
      now: services.clock.now(),
    });
    services.events.publish({ type: 'workflow-changed', workflowId: id, change: 'saved' });
    return toWorkflowDetail(context, saved);
  }),

  delete: workflows.delete.handler(async ({ input: { id }, context: { services } }) => {
    const { active } = await find(services, id);
    if (active) await services.activation.deactivate(id);
    await services.storage.workflows.delete(id);
    services.events.publish({ type: 'workflow-changed', workflowId: id, change: 'deleted' });
    return { id };
  }),

  duplicate: workflows.duplicate.handler(async ({ input, context }) => {
    const { document } = await find(context.services, input.id);
    return insert(context, { ...document, name: input.name ?? copyName(document.name) });
  }),

  nextFireTimes: workflows.nextFireTimes.handler(({ input, context }) =>
    context.services.activation.nextFireTimes(input),
  ),

  triggerStatuses: workflows.triggerStatuses.handler(async ({ input: { id }, context }) => {
    await find(context.services, id);
    return { items: context.services.activation.triggerStatuses(id) };
  }),

  activate: workflows.activate.handler(async ({ input: { id }, context }) => {
    const { services } = context;
    await find(services, id);
    await services.activation.activate(id);
    services.events.publish({ type: 'workflow-changed', workflowId: id, change: 'activated' });
    return toWorkflowDetail(context, await find(services, id));
  }),

  deactivate: workflows.deactivate.handler(async ({ input: { id }, context }) => {
    const { services } = context;
    await find(services, id);
    await services.activation.deactivate(id);
    services.events.publish({ type: 'workflow-changed', workflowId: id, change: 'deactivated' });
    return toWorkflowDetail(context, await find(services, id));
  }),

  validate: workflows.validate.handler(async ({ input, context }) => ({
    problems: localizeProblems(await context.services.documents.validate(input.document), context.locale),
  })),

  import: workflows.import.handler(async ({ input, context }) => {
    const { document, report } = await context.services.documents.read(input.text, input.fileName);
    return { ...(await insert(context, document)), report: report && localizeReport(report, context.locale) };
  }),

  read: workflows.read.handler(async ({ input, context }) => {
    const { document, report } = await context.services.documents.read(input.text, input.fileName);
    return { document, report: report && localizeReport(report, context.locale) };
  }),

  readUrl: workflows.readUrl.handler(async ({ input, context }) => {
    const { document, report } = await context.services.documents.fetch(input.url);
    return { document, report: report && localizeReport(report, context.locale) };
  }),

  export: workflows.export.handler(async ({ input: { id, format }, context: { services } }) => {
    const { document } = await find(services, id);
    return write(services, document, format);
  }),

  write: workflows.write.handler(({ input: { document, format }, context: { services } }) =>
    write(services, document, format),
  ),

  compare: workflows.compare.handler(({ input: { from, to } }) => compareWorkflows(from, to)),

  versions: versionHandlers,
};

async function find(services: Services, id: string): Promise<StoredWorkflow> {
  const stored = await services.storage.workflows.get(id);
  if (!stored) throw new EngineError('WORKFLOW_NOT_FOUND', { id });
  return stored;
}

async function write({ documents }: Services, document: WorkflowDocument, format: WorkflowFileFormat) {
  const text = await documents.serialize(document, format);
  return { fileName: `${fileNameOf(document.name)}.${format}`, text };
}

/** A new workflow always gets a new id: the one in a file may belong to another workflow here. */
async function insert(context: RequestContext, document: WorkflowDocument): Promise<WorkflowDetail> {
  const { services } = context;
  const now = services.clock.now();
  const id = createId(now);
  const stored = await services.storage.workflows.insert({ id, document: { ...document, id }, now });
  services.events.publish({ type: 'workflow-changed', workflowId: id, change: 'saved' });
  return toWorkflowDetail(context, stored);
}

const LONGEST_NAME = 200;

/** "Orders" becomes "Orders 2", "Orders 2" becomes "Orders 3": readable in every language. */
function copyName(name: string): string {
  const [, stem = name, count] = /^(.*?)(?: (\d{1,6}))?$/s.exec(name) ?? [];
  const suffix = ` ${Number(count ?? 1) + 1}`;
  return stem.slice(0, LONGEST_NAME - suffix.length) + suffix;
}

/** The name without the characters that some file system refuses. */
function fileNameOf(name: string): string {
  return (
    name
      .replace(/[\p{Cc}<>:"/\\|?*]+/gu, '-')
      .replace(/^[\s.]+|[\s.]+$/g, '')
      .slice(0, 100) || 'workflow'
  );
}
