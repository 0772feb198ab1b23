import type { ExecutionSummary, Item, WorkflowDocument } from '../../contract/index.ts';
import { EngineError } from '../kernel/index.ts';
import type { CompiledWorkflow, Compiler } from './compiled-workflow.ts';
import type { ExecutionServices } from './services.ts';
import type { StartRequest } from './types.ts';

/**
 * The id of the workflow to run after a failure: the one its settings name, else itself where it has an error trigger.
 * Null for manual executions, which people watch, and for error workflows themselves, which would never end.
 */
function errorWorkflowOf(
  { mode, status, workflowId }: ExecutionSummary,
  { settings }: WorkflowDocument,
  workflow: CompiledWorkflow,
): string | null {
  if (status !== 'failed' || mode === 'manual' || mode === 'error') return null;
  if (settings.errorWorkflow) return settings.errorWorkflow;
  return errorTriggerOf(workflow) ? workflowId : null;
}

function errorTriggerOf(workflow: CompiledWorkflow): string | undefined {
  return workflow.triggers.find(({ definition }) => definition.trigger?.kind === 'error')?.id;
}

/** What an error trigger gives about the execution that failed, in n8n's shape. */
function errorItem({ id, workflowId, workflowName, mode, error }: ExecutionSummary, url: string): Item {
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

/** Starts the workflow that is to run after a failure, if any. Only logs its own failures: the execution has one already. */
export function createErrorStarter(options: {
  services: ExecutionServices;
  compiler: Compiler;
  start(request: StartRequest): Promise<unknown>;
}): (failed: ExecutionSummary, compiled: CompiledWorkflow) => Promise<void> {
  const { services, compiler, start } = options;
  return async (failed, compiled) => {
    const errorWorkflowId = errorWorkflowOf(failed, compiled.document, compiled);
    if (errorWorkflowId === null) return;
    try {
      const published = await services.workflows.published(errorWorkflowId);
      if (!published) throw new EngineError('WORKFLOW_NOT_PUBLISHED', { name: errorWorkflowId });
      const startNodeId = errorTriggerOf(await compiler.compile(published.document));
      if (startNodeId === undefined) throw new EngineError('TRIGGER_MISSING');
      await start({
        document: published.document,
        workflowId: published.id,
        version: published.version,
        mode: 'error',
        startNodeId,
        input: [errorItem(failed, services.executionUrl(failed.id))],
        store: 'start',
      });
    } catch (error) {
      services.logger.warn(
        { err: error, executionId: failed.id, errorWorkflowId },
        'An error workflow could not be started',
      );
    }
  };
}
