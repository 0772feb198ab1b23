import type { WorkflowDocument, WorkflowNode } from '../../contract/index.ts';
import { EngineError } from '../kernel/index.ts';
import type { ParameterMap, ParametersOf } from '../node-kit/index.ts';
import type { Compiler } from './compiled-workflow.ts';
import { readParameters } from './parameter-reader.ts';
import { RunData } from './run-data.ts';
import { scopeOf } from './scope.ts';
import type { ExecutionServices } from './services.ts';

export type ResolveTriggerParameters = (
  document: WorkflowDocument,
  node: WorkflowNode,
) => Promise<ParametersOf<ParameterMap>>;

/** Resolves a trigger's parameters outside of any execution: its expressions see `$vars`, `$env`, `$now`, `$workflow`. */
export function createTriggerParameters(
  services: Pick<ExecutionServices, 'expressions' | 'clock' | 'env' | 'timezone'>,
  compiler: Compiler,
): ResolveTriggerParameters {
  return async (document, node) => {
    const workflow = await compiler.compile(document);
    const compiled = workflow.nodes.get(node.id);
    if (!compiled) throw new EngineError('WORKFLOW_INVALID', { reason: `there is no node "${node.name}"` });
    const scope = scopeOf(
      {
        owner: `trigger-${document.id ?? document.name}`,
        workflow,
        runData: new RunData(),
        about: { id: document.id ?? null, name: document.name, active: true },
        execution: { id: '', mode: 'production', resumeUrl: null, resumeFormUrl: null },
        vars: {},
        env: services.env,
        timezone: document.settings.timezone ?? services.timezone,
        now: () => services.clock.now(),
      },
      { node: compiled, runIndex: 0, items: [], sources: [] },
    );
    const read = await readParameters({
      plan: compiled.plan(),
      definition: compiled.definition,
      engine: services.expressions,
      scope,
      itemCount: 0,
      signal: new AbortController().signal,
    });
    return read(0);
  };
}
