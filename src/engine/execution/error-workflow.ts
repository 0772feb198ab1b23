import type { ExecutionSummary, Item } from '../../contract/index.ts';
import { EngineError, isEngineError } from '../kernel/index.ts';
import type { StartKey } from '../storage/index.ts';
import type { CompiledWorkflow, Compiler } from './compiled-workflow.ts';
import type { ExecutionServices } from './services.ts';
import type { StartRequest } from './types.ts';

/**
 * The id of the workflow to run after a failure: the one its settings name, else itself where it has an error trigger.
 * Null for manual executions, which people watch, and for error workflows themselves, which would never end.
 */
function errorWorkflowOf(
  { mode, status, workflowId }: ExecutionSummary,
  workflow: CompiledWorkflow,
): string | null {
  if (status !== 'failed' || mode === 'manual' || mode === 'error') return null;
  const { settings } = workflow.document;
  if (settings.errorWorkflow) return settings.errorWorkflow;
  return errorTriggerOf(workflow) ? workflowId : null;
}

const FOLLOW_UP = 'error-workflow-due:';
const KEEP_KEY_MS = 86_400_000;

/** What is stored with the end, so that the error workflow starts even when the process ends between the two. */
export function followUpOf(ended: ExecutionSummary, workflow: CompiledWorkflow): StartKey | undefined {
  if (errorWorkflowOf(ended, workflow) === null) return undefined;
  return { key: `${FOLLOW_UP}${ended.id}`, expiresAt: (ended.finishedAt ?? 0) + KEEP_KEY_MS };
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

export interface ErrorStarter {
  /** Starts the workflow that is to run after this failure, if any, unless it was started before. */
  begin(failed: ExecutionSummary, compiled: CompiledWorkflow): Promise<void>;
  /** Starts those that the processes before did not come to. */
  catchUp(): Promise<void>;
}

/** Starts the workflow that is to run after a failure, if any. Only logs its own failures: the execution has one already. */
export function createErrorStarter(options: {
  services: ExecutionServices;
  compiler: Compiler;
  start(request: StartRequest): Promise<unknown>;
}): ErrorStarter {
  const { services, compiler, start } = options;

  async function begin(failed: ExecutionSummary, compiled: CompiledWorkflow): Promise<void> {
    const errorWorkflowId = errorWorkflowOf(failed, compiled);
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
        startKeys: [
          { key: `error-workflow:${failed.id}`, expiresAt: services.clock.now() + 2 * KEEP_KEY_MS },
        ],
      });
    } catch (error) {
      if (isEngineError(error) && error.code === 'EXECUTION_STARTED_ALREADY') return;
      services.logger.warn(
        { err: error, executionId: failed.id, errorWorkflowId },
        'An error workflow could not be started',
      );
    }
  }

  return {
    begin,
    async catchUp() {
      for (const id of await services.startKeys.holders(FOLLOW_UP, services.clock.now())) {
        const failed = await services.store.get(id);
        if (failed) await begin(failed, await compiler.compile(failed.document));
      }
    },
  };
}
