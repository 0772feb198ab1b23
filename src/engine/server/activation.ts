import type { WorkflowProblem } from '../../contract/index.ts';
import { EngineError, isEngineError, messageOf, type Clock } from '../kernel/index.ts';
import type { WorkflowStore } from '../storage/index.ts';
import type { Triggers } from '../triggers/index.ts';
import type { ActivationService, DocumentService } from './services.ts';

/** Publishing and triggers as one step: what is stored as active is what listens. */
export function createActivation(parts: {
  workflows: WorkflowStore;
  triggers: Triggers;
  documents: Pick<DocumentService, 'validate'>;
  clock: Clock;
  /** An active workflow does not listen. */
  onFailure(workflow: { id: string; name: string }, problem: WorkflowProblem): void;
}): ActivationService & {
  /** Activates what was active when the engine stopped. One that fails is remembered and the others go on. */
  restore(): Promise<void>;
} {
  const { workflows, triggers, clock } = parts;
  const failures = new Map<string, WorkflowProblem>();

  return {
    async activate(id) {
      const stored = await workflows.get(id);
      if (!stored) throw new EngineError('WORKFLOW_NOT_FOUND', { id });
      const problems = await parts.documents.validate(stored.document, { forActivation: true });
      const first = problems.find(({ severity }) => severity === 'error');
      if (first) throw new EngineError('WORKFLOW_INVALID', { reason: first.message, problems });
      // Asked before anything is written, so that a draft that cannot be active leaves the former version in place.
      await triggers.check(stored);
      const published = await workflows.publish(id, clock.now());
      try {
        await triggers.activate(published);
      } catch (error) {
        await triggers.deactivate(id);
        await workflows.setInactive(id, clock.now());
        throw error;
      }
      failures.delete(id);
    },

    async deactivate(id) {
      await triggers.deactivate(id);
      await workflows.setInactive(id, clock.now());
      failures.delete(id);
    },

    failureOf: (id) => failures.get(id) ?? null,

    triggerStatuses: (id) => triggers.statuses(id),

    nextFireTimes: ({ document, nodeId, count }) => {
      const node = document.nodes.find(({ id }) => id === nodeId);
      if (!node) throw new EngineError('WORKFLOW_INVALID', { reason: `there is no node "${nodeId}"` });
      return triggers.nextFireTimes(document, node, count);
    },

    listen: ({ destinationNode, ...request }) =>
      triggers.listen({
        ...request,
        ...(destinationNode !== undefined && { destinationNodeId: destinationNode }),
      }),

    stopListening: (workflowId) => triggers.stopListening(workflowId),

    async restore() {
      for (const { workflowId, name, error } of await triggers.start()) {
        const problem = toProblem(error);
        failures.set(workflowId, problem);
        parts.onFailure({ id: workflowId, name }, problem);
      }
    },
  };
}

function toProblem(error: unknown): WorkflowProblem {
  if (!isEngineError(error)) return { severity: 'error', code: 'INTERNAL', message: messageOf(error) };
  return { severity: 'error', code: error.code, message: error.message, details: { ...error.facts } };
}
