import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { CredentialSummary, CredentialTypeDescription, CredentialUse } from '../schemas/credential.ts';
import { EngineEvent } from '../schemas/event.ts';
import { Item } from '../schemas/item.ts';
import { NodeTypeDescription } from '../schemas/node-type.ts';
import { WorkflowDocument, WorkflowNode } from '../schemas/workflow.ts';
import { notificationProcedures, pendingProcedures } from './attention.ts';
import { dataTableProcedures } from './data-tables.ts';
import { executionProcedures } from './executions.ts';
import { openApiProcedures } from './openapi.ts';
import { pageOf, PageInput } from './paging.ts';
import { storageProcedures } from './storage.ts';
import { workflowProcedures } from './workflows.ts';

const byId = z.object({ id: z.string() });
const secretFields = z.record(z.string(), z.string());

/** Everything a client can ask of the engine: one table for every carrier. */
export const contract = {
  workflows: workflowProcedures,
  executions: executionProcedures,
  storage: storageProcedures,
  dataTables: dataTableProcedures,
  pending: pendingProcedures,
  notifications: notificationProcedures,
  openApi: openApiProcedures,
  nodeTypes: {
    list: oc
      .route({ method: 'GET', path: '/node-types', tags: ['Node types'] })
      .output(z.object({ items: z.array(NodeTypeDescription) })),
  },
  credentialTypes: {
    list: oc
      .route({ method: 'GET', path: '/credential-types', tags: ['Credentials'] })
      .output(z.object({ items: z.array(CredentialTypeDescription) })),
  },
  credentials: {
    list: oc
      .route({ method: 'GET', path: '/credentials', tags: ['Credentials'] })
      .input(PageInput.extend({ type: z.string().optional() }))
      .output(pageOf(CredentialSummary)),
    create: oc
      .route({ method: 'POST', path: '/credentials', tags: ['Credentials'], successStatus: 201 })
      .input(z.object({ name: z.string().min(1).max(200), type: z.string(), data: secretFields }))
      .output(CredentialSummary),
    /** A secret left out of `data` keeps its stored value. */
    update: oc
      .route({ method: 'PUT', path: '/credentials/{id}', tags: ['Credentials'] })
      .input(byId.extend({ name: z.string().min(1).max(200).optional(), data: secretFields.optional() }))
      .output(CredentialSummary),
    /** Which workflows use which credentials, as drafts or published; credentials that none uses are left out. */
    uses: oc
      .route({ method: 'GET', path: '/credentials/uses', tags: ['Credentials'] })
      .output(z.object({ items: z.array(CredentialUse) })),
    /** Signs in with a stored credential (`id`), or with values not stored yet. Fails with the cause. */
    test: oc
      .route({ method: 'POST', path: '/credentials/test', tags: ['Credentials'] })
      .input(z.object({ id: z.string().optional(), type: z.string(), data: secretFields.optional() }))
      .output(z.object({ ok: z.literal(true) })),
    /** Where a person signs in with the provider of an OAuth2 credential, within ten minutes. */
    connect: oc
      .route({ method: 'POST', path: '/credentials/{id}/connect', tags: ['Credentials'] })
      .input(byId)
      .output(z.object({ url: z.string() })),
    delete: oc
      .route({ method: 'DELETE', path: '/credentials/{id}', tags: ['Credentials'] })
      .input(byId)
      .output(byId),
  },
  expressions: {
    /**
     * What an expression gives for one item of the last run, for the editor's live preview. `error` is set instead
     * of `value` when it fails; `value` is absent when the expression gives undefined.
     */
    preview: oc
      .route({ method: 'POST', path: '/expressions/preview', tags: ['Expressions'] })
      .input(
        z.object({
          text: z.string().max(100_000),
          document: WorkflowDocument,
          nodeId: WorkflowNode.shape.id,
          executionId: z.string().optional(),
          itemIndex: z.number().int().min(0).default(0),
          /** Items standing in for the node's input where there is no execution yet. */
          items: z.array(Item).max(100).optional(),
        }),
      )
      .output(
        z.object({
          value: z.unknown().optional(),
          error: z.string().optional(),
          position: z.number().int().optional(),
        }),
      ),
  },
  events: {
    /** Live events in order. Ask again with the last event id seen to go on after a drop. */
    subscribe: oc
      .route({ method: 'GET', path: '/events', tags: ['Events'] })
      .input(z.object({ workflowId: z.string().optional(), executionId: z.string().optional() }))
      .output(eventIterator(EngineEvent)),
  },
  system: {
    info: oc.route({ method: 'GET', path: '/system', tags: ['System'] }).output(
      z.object({
        version: z.string(),
        /** Where webhooks are reached, without a trailing slash. */
        webhookBaseUrl: z.string(),
        /** Where providers of OAuth2 credentials are to send people back to. */
        oauthRedirectUrl: z.string(),
        timezone: z.string(),
        database: z.enum(['sqlite', 'postgres']),
        host: z.enum(['desktop', 'headless']),
      }),
    ),
  },
};
export type Contract = typeof contract;
