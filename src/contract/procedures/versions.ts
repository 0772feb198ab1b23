import { oc } from '@orpc/contract';
import { z } from 'zod';
import { WorkflowVersion, WorkflowVersionDetail } from '../schemas/version.ts';
import { WorkflowDetail } from '../schemas/workflow.ts';
import { WorkflowComparison } from '../schemas/workflow-diff.ts';
import { PageInput, pageOf } from './paging.ts';

const byId = z.object({ id: z.string() });
const byVersion = byId.extend({ version: z.coerce.number().int().positive() });
const name = z.string().trim().max(200);
const note = z.string().max(10_000);
/** A version's number, or the draft. */
const Side = z.union([z.literal('draft'), z.coerce.number().int().positive()]);
const path = '/workflows/{id}/versions' as const;
const tags = ['Versions'];

export const versionProcedures = {
  /** The newest first. */
  list: oc
    .route({ method: 'GET', path, tags })
    .input(PageInput.extend(byId.shape))
    .output(pageOf(WorkflowVersion)),
  /** What leads from one version (or the draft) to another. Without `from` the published version, or else the newest. */
  diff: oc
    .route({ method: 'GET', path: `${path}/diff`, tags })
    .input(byId.extend({ from: Side.optional(), to: Side.default('draft') }))
    .output(WorkflowComparison),
  get: oc
    .route({ method: 'GET', path: `${path}/{version}`, tags })
    .input(byVersion)
    .output(WorkflowVersionDetail),
  /** Keeps the stored draft under a name. */
  create: oc
    .route({ method: 'POST', path, tags, successStatus: 201 })
    .input(byId.extend({ name: name.min(1), note: note.default('') }))
    .output(WorkflowVersion),
  /** What is left out stays as it is. */
  update: oc
    .route({ method: 'PATCH', path: `${path}/{version}`, tags })
    .input(byVersion.extend({ name: name.optional(), note: note.optional() }))
    .output(WorkflowVersion),
  /** Any but the published one. */
  delete: oc
    .route({ method: 'DELETE', path: `${path}/{version}`, tags })
    .input(byVersion)
    .output(z.object({ version: z.number().int() })),
  /** Makes a version the draft; the draft before it is kept as an automatic version. Nothing is published by it. */
  restore: oc
    .route({ method: 'POST', path: `${path}/{version}/restore`, tags })
    .input(byVersion.extend({ revision: z.number().int() }))
    .output(WorkflowDetail),
};
