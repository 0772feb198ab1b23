import { oc } from '@orpc/contract';
import { z } from 'zod';
import { ImportReport } from '../schemas/import-report.ts';
import {
  WorkflowDetail,
  WorkflowDocument,
  WorkflowFileFormat,
  WorkflowProblem,
  WorkflowSummary,
} from '../schemas/workflow.ts';
import { TriggerStatus } from '../schemas/trigger-status.ts';
import { WorkflowComparison } from '../schemas/workflow-diff.ts';
import { PageInput, pageOf } from './paging.ts';
import { versionProcedures } from './versions.ts';

const byId = z.object({ id: z.string() });
const WorkflowFile = z.object({ text: z.string(), fileName: z.string().optional() });
const ReadWorkflow = z.object({ document: WorkflowDocument, report: ImportReport.nullable() });
const NamedText = z.object({ fileName: z.string(), text: z.string() });
const format = WorkflowFileFormat.default('json');
const tags = ['Workflows'];

export const workflowProcedures = {
  list: oc
    .route({ method: 'GET', path: '/workflows', tags })
    .input(
      PageInput.extend({
        search: z.string().max(200).optional(),
        active: z.stringbool().or(z.boolean()).optional(),
        tag: z.string().optional(),
        sort: z.enum(['name', 'createdAt', 'updatedAt']).default('updatedAt'),
        direction: z.enum(['asc', 'desc']).default('desc'),
      }),
    )
    .output(pageOf(WorkflowSummary)),
  get: oc.route({ method: 'GET', path: '/workflows/{id}', tags }).input(byId).output(WorkflowDetail),
  create: oc
    .route({ method: 'POST', path: '/workflows', tags, successStatus: 201 })
    .input(z.object({ document: WorkflowDocument }))
    .output(WorkflowDetail),
  /** Writes the draft. A `revision` that is not the stored one is refused with REVISION_STALE. */
  save: oc
    .route({ method: 'PUT', path: '/workflows/{id}', tags })
    .input(byId.extend({ document: WorkflowDocument, revision: z.number().int() }))
    .output(WorkflowDetail),
  delete: oc
    .route({ method: 'DELETE', path: '/workflows/{id}', tags })
    .input(byId)
    .output(z.object({ id: z.string() })),
  duplicate: oc
    .route({ method: 'POST', path: '/workflows/{id}/duplicate', tags, successStatus: 201 })
    .input(byId.extend({ name: z.string().min(1).max(200).optional() }))
    .output(WorkflowDetail),
  /** Publishes the draft as a new version and registers its triggers, all of them or none. */
  activate: oc
    .route({ method: 'POST', path: '/workflows/{id}/activate', tags })
    .input(byId)
    .output(WorkflowDetail),
  deactivate: oc
    .route({ method: 'POST', path: '/workflows/{id}/deactivate', tags })
    .input(byId)
    .output(WorkflowDetail),
  validate: oc
    .route({ method: 'POST', path: '/workflows/validate', tags })
    .input(z.object({ document: WorkflowDocument }))
    .output(z.object({ problems: z.array(WorkflowProblem) })),
  /**
   * When a schedule trigger of a draft starts it next, in UTC milliseconds and on the clocks of that time zone. Refused
   * with SCHEDULE_INVALID.
   */
  nextFireTimes: oc
    .route({ method: 'POST', path: '/workflows/next-fire-times', tags })
    .input(
      z.object({
        document: WorkflowDocument,
        nodeId: z.string(),
        count: z.number().int().min(1).max(100).default(10),
      }),
    )
    .output(z.object({ times: z.array(z.number()), timezone: z.string() })),
  /** How the triggers of an active workflow stand that listen to something; empty for others. */
  triggerStatuses: oc
    .route({ method: 'GET', path: '/workflows/{id}/triggers', tags })
    .input(byId)
    .output(z.object({ items: z.array(TriggerStatus) })),
  /**
   * Takes the text of one workflow file, ours or n8n's; nothing is stored when it cannot be read. `report` tells what
   * a foreign one lost.
   */
  import: oc
    .route({ method: 'POST', path: '/workflows/import', tags, successStatus: 201 })
    .input(WorkflowFile)
    .output(WorkflowDetail.extend({ report: ImportReport.nullable() })),
  /** The document in such a text, without storing it. */
  read: oc.route({ method: 'POST', path: '/workflows/read', tags }).input(WorkflowFile).output(ReadWorkflow),
  /** The document in the file at a web address, fetched by the engine within its rules about addresses. */
  readUrl: oc
    .route({ method: 'POST', path: '/workflows/read-url', tags })
    .input(z.object({ url: z.url({ protocol: /^https?$/ }) }))
    .output(ReadWorkflow),
  export: oc
    .route({ method: 'GET', path: '/workflows/{id}/export', tags })
    .input(byId.extend({ format }))
    .output(NamedText),
  /** A document as a file, whether it is stored or not. */
  write: oc
    .route({ method: 'POST', path: '/workflows/write', tags })
    .input(z.object({ document: WorkflowDocument, format }))
    .output(NamedText),
  /** What leads from one document to another, whether they are stored or not. */
  compare: oc
    .route({ method: 'POST', path: '/workflows/compare', tags })
    .input(z.object({ from: WorkflowDocument, to: WorkflowDocument }))
    .output(WorkflowComparison),
  versions: versionProcedures,
};
