import type { Item } from '../../contract/index.ts';
import { EngineError } from '../kernel/index.ts';
import type { ChildExecution, PublishedWorkflow } from '../storage/index.ts';
import type { Compiler } from './compiled-workflow.ts';
import { isKept } from './recorder.ts';
import type { ExecutionServices, SubWorkflowRequest } from './services.ts';
import { isFinished } from './status.ts';
import type { ExecutionResult, RunningExecution, StartRequest } from './types.ts';

/** Levels of sub-workflows below which one more is taken for a call without an end. */
const DEPTH_LIMIT = 50;

type Child = Pick<RunningExecution, 'id' | 'finished'>;

/** What an execution knows of those it began. */
export interface Parent {
  summary: { id: string };
  /** Executions it waited for, whose rows are kept until it has ended. */
  borrowed: string[];
  /** What its calls began before a crash, by call. */
  children: Map<string, ChildExecution>;
}

interface Call {
  holder: Parent;
  /** Names the call, the same in every process. */
  call: string;
  depth: number;
}

/** Runs workflows that others call. A call that was interrupted finds the execution it had begun. */
export function createSubWorkflows(options: {
  services: ExecutionServices;
  compiler: Compiler;
  start(request: StartRequest): Promise<RunningExecution>;
  /** The execution in memory, loaded when it has left it; null when it has ended. */
  find(id: string): Promise<{
    finished: Promise<ExecutionResult>;
    run: { cancel(): void } | null;
  } | null>;
}) {
  const { services, compiler, start, find } = options;

  async function startChild(
    published: PublishedWorkflow,
    sub: SubWorkflowRequest,
    { holder, call, depth }: Call,
  ): Promise<Child> {
    const compiled = await compiler.compile(published.document);
    const begin =
      compiled.triggers.find(({ definition }) => definition.trigger?.kind === 'sub-workflow') ??
      compiled.triggers[0];
    return start({
      document: published.document,
      workflowId: published.id,
      version: published.version,
      mode: 'sub-workflow',
      ...(begin && { startNodeId: begin.id }),
      input: sub.items,
      parent: { executionId: holder.summary.id, call, waits: sub.wait },
      depth,
      store: sub.wait ? 'first-write' : 'start',
    });
  }

  async function adopt({ id, status }: ChildExecution): Promise<Child> {
    const holder = isFinished(status) ? null : await find(id);
    if (holder) return { id, finished: holder.finished };
    const stored = await services.store.get(id);
    if (!stored || !isFinished(stored.status)) throw new EngineError('EXECUTION_NOT_FOUND', { id });
    const { error, durationMs } = stored;
    const lastItems = stored.status === 'success' ? await services.store.lastItems(id) : [];
    const result = { id, status: stored.status, error, durationMs: durationMs ?? 0, lastItems };
    return { id, finished: Promise.resolve(result) };
  }

  return {
    async run(
      sub: SubWorkflowRequest,
      by: Call,
      signal: AbortSignal,
    ): Promise<{ executionId: string; items: Item[] }> {
      const { holder, call, depth } = by;
      if (depth > DEPTH_LIMIT) throw new EngineError('SUB_WORKFLOW_DEPTH', { limit: DEPTH_LIMIT });
      const published = await services.workflows.published(sub.workflowId);
      if (!published) throw new EngineError('WORKFLOW_NOT_PUBLISHED', { name: sub.workflowId });
      const earlier = holder.children.get(call);
      holder.children.delete(call);
      const child = earlier ? await adopt(earlier) : await startChild(published, sub, by);
      if (!sub.wait) return { executionId: child.id, items: [] };
      // While the engine stops it is left as it is, and found again by the next process.
      const cancel = () =>
        void find(child.id).then(
          (other) => other?.run?.cancel(),
          () => undefined,
        );
      signal.addEventListener('abort', cancel, { once: true });
      const result = await child.finished;
      signal.removeEventListener('abort', cancel);
      // What came of it is not to be lost before this execution has it.
      if (!isKept(published.document.settings.save, result.status)) holder.borrowed.push(child.id);
      if (result.status !== 'success') {
        throw new EngineError('SUB_WORKFLOW_FAILED', {
          workflow: published.name,
          reason: result.error?.message,
          executionId: child.id,
        });
      }
      return { executionId: child.id, items: [...result.lastItems] };
    },
  };
}
