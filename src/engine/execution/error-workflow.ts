import type { ExecutionSummary, Item, WorkflowDocument } from '../../contract/index.ts';
import type { CompiledWorkflow } from './compiled-workflow.ts';

/**
 * The id of the workflow to run after a failure: the one its settings name, else itself where it has an error trigger.
 * Null for manual executions, which people watch, and for error workflows themselves, which would never end.
 */
export function errorWorkflowOf(
  { mode, status, workflowId }: ExecutionSummary,
  { settings }: WorkflowDocument,
  workflow: CompiledWorkflow,
): string | null {
  if (status !== 'failed' || mode === 'manual' || mode === 'error') return null;
  if (settings.errorWorkflow) return settings.errorWorkflow;
  return errorTriggerOf(workflow) ? workflowId : null;
}

export function errorTriggerOf(workflow: CompiledWorkflow): string | undefined {
  return workflow.triggers.find(({ definition }) => definition.trigger?.kind === 'error')?.id;
}

/** What an error trigger gives about the execution that failed, in n8n's shape. */
export function errorItem(
  { id, workflowId, workflowName, mode, error }: ExecutionSummary,
  url: string,
): Item {
  const { message = '', code, description, nodeName = null } = error ?? {};
  return {
    json: {
      execution: {
        id,
        url,
        mode,
        error: { message, code, ...(description !== undefined && { description }) },
        lastNodeExecuted: nodeName,
      },
      workflow: { id: workflowId, name: workflowName },
    },
  };
}
