import { oc } from '@orpc/contract';
import { z } from 'zod';
import { Callback } from '../schemas/callback.ts';
import {
  EffectDecision,
  ExecutionDetail,
  ExecutionMode,
  ExecutionStatus,
  ExecutionSummary,
  RetryMismatch,
  RetryVersion,
  UndecidedRun,
} from '../schemas/execution.ts';
import { Item } from '../schemas/item.ts';
import { WorkflowDocument } from '../schemas/workflow.ts';
import { PageInput, pageOf } from './paging.ts';

const byId = z.object({ id: z.string() });
const tags = ['Executions'];

const ExecutionFilterInput = PageInput.extend({
  workflowId: z.string().optional(),
  status: z.union([ExecutionStatus, z.array(ExecutionStatus).min(1)]).optional(),
  mode: z.union([ExecutionMode, z.array(ExecutionMode).min(1)]).optional(),
  /** UTC milliseconds, both ends included. */
  startedAfter: z.coerce.number().int().optional(),
  startedBefore: z.coerce.number().int().optional(),
  /** Executions with a mark under this key, and with this very value where one is given. */
  markKey: z.string().min(1).max(500).optional(),
  markValue: z.string().max(10_000).optional(),
});

export type ExecutionFilterInput = z.output<typeof ExecutionFilterInput>;

export const executionProcedures = {
  list: oc
    .route({ method: 'GET', path: '/executions', tags })
    .input(ExecutionFilterInput)
    .output(pageOf(ExecutionSummary)),
  /**
   * Looks for a text in run data, the newest executions first. One call looks at a limited amount: with a
   * `nextCursor` there is more to look at, whether something was found or not.
   */
  search: oc
    .route({ method: 'GET', path: '/executions/search', tags })
    .input(ExecutionFilterInput.extend({ text: z.string().min(1).max(200) }))
    .output(
      z.object({
        items: z.array(ExecutionSummary),
        nextCursor: z.string().nullable(),
        /** Executions that this call looked at. */
        searched: z.number().int(),
        /** When the last of them began. */
        searchedBackTo: z.number().int().nullable(),
      }),
    ),
  /** Each output port holds at most `itemLimit` items; `items` gives the rest. */
  get: oc
    .route({ method: 'GET', path: '/executions/{id}', tags })
    .input(byId.extend({ itemLimit: z.coerce.number().int().min(0).max(10_000).default(100) }))
    .output(ExecutionDetail),
  /** A page of what one node run gave on one port. */
  items: oc
    .route({ method: 'GET', path: '/executions/{id}/nodes/{nodeId}/items', tags })
    .input(
      byId.extend({
        nodeId: z.string(),
        runIndex: z.coerce.number().int().min(0).default(0),
        port: z.coerce.number().int().min(0).default(0),
        offset: z.coerce.number().int().min(0).default(0),
        limit: z.coerce.number().int().min(1).max(10_000).default(100),
      }),
    )
    .output(z.object({ items: z.array(Item), total: z.number().int() })),
  /**
   * Starts a manual execution and returns when it is stored, not when it ends. With `document` that draft runs,
   * otherwise the stored one. `startNode` names the trigger; `destinationNode` stops after that node and re-uses
   * what `reuseExecutionId` already has for nodes that have not changed.
   */
  start: oc
    .route({ method: 'POST', path: '/workflows/{workflowId}/executions', tags, successStatus: 201 })
    .input(
      z.object({
        workflowId: z.string(),
        document: WorkflowDocument.optional(),
        startNode: z.string().optional(),
        input: z.array(Item).optional(),
        destinationNode: z.string().optional(),
        reuseExecutionId: z.string().optional(),
      }),
    )
    .output(ExecutionSummary),
  /**
   * Waits for one call of a webhook of this draft at its test URL (at most two minutes) and runs the draft with it as
   * a manual execution; the execution shows up in the events.
   */
  listen: oc
    .route({ method: 'POST', path: '/workflows/{workflowId}/listen', tags })
    .input(
      z.object({
        workflowId: z.string(),
        document: WorkflowDocument,
        nodeId: z.string(),
        destinationNode: z.string().optional(),
      }),
    )
    .output(
      z.object({ url: z.string().nullable(), methods: z.array(z.string()), expiresAt: z.number().int() }),
    ),
  /** Ends the wait of `listen`, where there is one. */
  stopListening: oc
    .route({ method: 'DELETE', path: '/workflows/{workflowId}/listen', tags })
    .input(z.object({ workflowId: z.string() }))
    .output(z.object({ workflowId: z.string() })),
  /**
   * Begins an execution that repeats a finished one: from the start, from where it failed or was stopped, or from a
   * node with its input as it was or `items` instead. Returns when it is stored.
   */
  retry: oc
    .route({ method: 'POST', path: '/executions/{id}/retry', tags, successStatus: 201 })
    .input(
      byId.extend({
        from: z.enum(['start', 'failed', 'node']),
        /** Id or name; for `from: node`. */
        node: z.string().optional(),
        items: z.array(Item).optional(),
        version: RetryVersion.default('same'),
      }),
    )
    .output(ExecutionSummary),
  /** What has changed in the workflow since that execution, node by node. */
  compareWithCurrent: oc
    .route({ method: 'GET', path: '/executions/{id}/changes', tags })
    .input(byId)
    .output(z.object({ items: z.array(RetryMismatch) })),
  /** The effects of a waiting execution on which a person has to decide. */
  undecided: oc
    .route({ method: 'GET', path: '/executions/{id}/undecided', tags })
    .input(byId)
    .output(z.object({ items: z.array(UndecidedRun) })),
  /** Decides on one unit, or on all of a run; `items` are what it gave, for `done`. */
  decide: oc
    .route({ method: 'POST', path: '/executions/{id}/decide', tags })
    .input(
      byId.extend({
        nodeId: z.string(),
        runIndex: z.number().int().min(0).default(0),
        unit: z.number().int().min(0).optional(),
        choice: EffectDecision,
        items: z.array(Item).optional(),
      }),
    )
    .output(ExecutionSummary),
  stop: oc
    .route({ method: 'POST', path: '/executions/{id}/stop', tags })
    .input(byId)
    .output(ExecutionSummary),
  /** What was sent, or is to be sent, to the addresses that the workflow's settings name. */
  callbacks: oc
    .route({ method: 'GET', path: '/executions/{id}/callbacks', tags })
    .input(byId)
    .output(z.object({ items: z.array(Callback) })),
  /** Sends a callback once more, now, whatever became of it. */
  sendCallback: oc
    .route({ method: 'POST', path: '/executions/{id}/callbacks/{callbackId}/send', tags })
    .input(byId.extend({ callbackId: z.string() }))
    .output(Callback),
  delete: oc
    .route({ method: 'POST', path: '/executions/delete', tags })
    .input(z.object({ ids: z.array(z.string()).min(1).max(1000) }))
    .output(z.object({ deleted: z.number().int() })),
};
