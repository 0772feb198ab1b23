import type { ExecutionDetail, ExecutionError, Item, WorkflowDocument } from '../../contract/index.ts';
import type { EngineClient } from '../../engine/app.ts';

/** What `execute --json` prints. */
export interface ExecutionOutcome {
  status: string;
  durationMs: number;
  error: Partial<ExecutionError> | null;
  /** Items per output port of each node's last run, by node name. */
  nodes: Record<string, Item[][]>;
  /** The same for every run of each node, in order. */
  runs: Record<string, Item[][][]>;
}

/** Events may be lost with a connection; then the status is looked up this often. */
const LOOK_AGAIN_MS = 1000;
const ITEMS_PER_PAGE = 10_000;

export function failedResult(error: { code: string; message: string }): ExecutionOutcome {
  return { status: 'failed', durationMs: 0, error, nodes: {}, runs: {} };
}

export interface RunRequest {
  document: WorkflowDocument;
  startNode?: string;
  input?: Item[];
  /** Items to collect per node run and port; all when absent. */
  itemLimit?: number;
}

/** Runs a document as a manual execution and collects every item of every node. */
export async function runToEnd(client: EngineClient, request: RunRequest): Promise<ExecutionOutcome> {
  return toOutcome(await runDocument(client, request));
}

/** The finished execution of a document, with the items of every node. */
export async function runDocument(
  client: EngineClient,
  { itemLimit, ...request }: RunRequest,
): Promise<ExecutionDetail> {
  // What the document says about keeping executions is about its life in an engine: here its items are wanted.
  const document: WorkflowDocument = {
    ...request.document,
    settings: { ...request.document.settings, save: 'all' },
  };
  const watch = new AbortController();
  const events = (await client.events.subscribe({}, { signal: watch.signal }))[Symbol.asyncIterator]();
  try {
    // Asking for the first event is what begins the watch, and it has to begin before the execution can end.
    const first = events.next();
    first.catch(() => {});
    const { id } = await client.executions.start({
      ...request,
      workflowId: document.id ?? 'unsaved',
      document,
    });
    const ended = (async () => {
      for (let event = await first; !event.done; event = await events.next()) {
        if (event.value.type === 'gap') return;
        if (event.value.type === 'execution-finished' && event.value.execution.id === id) return;
      }
    })().catch(() => {});
    await waitForEnd(client, id, ended);
    const execution = await client.executions.get({ id, itemLimit: itemLimit ?? ITEMS_PER_PAGE });
    return itemLimit === undefined ? await collect(client, execution) : execution;
  } finally {
    // Not `return()`: that waits for the event being waited for.
    watch.abort();
  }
}

async function waitForEnd(client: EngineClient, id: string, ended: Promise<void>): Promise<void> {
  for (;;) {
    let timer: NodeJS.Timeout | undefined;
    const pause = new Promise<void>((resolve) => (timer = setTimeout(resolve, LOOK_AGAIN_MS)));
    await Promise.race([ended, pause]);
    clearTimeout(timer);
    const { finishedAt } = await client.executions.get({ id, itemLimit: 0 });
    if (finishedAt !== null) return;
    ended = new Promise(() => {});
  }
}

async function collect(client: EngineClient, execution: ExecutionDetail): Promise<ExecutionDetail> {
  for (const { nodeId, runIndex, outputs, itemCounts } of execution.nodeRuns) {
    for (const [port, items] of outputs.entries()) {
      while (items.length < (itemCounts[port] ?? 0)) {
        const page = await client.executions.items({
          id: execution.id,
          nodeId,
          runIndex,
          port,
          offset: items.length,
          limit: ITEMS_PER_PAGE,
        });
        if (page.items.length === 0) break;
        items.push(...page.items);
      }
    }
  }
  return execution;
}

function toOutcome(execution: ExecutionDetail): ExecutionOutcome {
  const runs: Record<string, Item[][][]> = {};
  for (const { nodeName, runIndex, outputs } of execution.nodeRuns)
    (runs[nodeName] ??= [])[runIndex] = outputs;
  const nodes = Object.fromEntries(Object.entries(runs).map(([name, all]) => [name, all.at(-1) ?? []]));
  return {
    status: execution.status,
    durationMs: execution.durationMs ?? 0,
    error: execution.error,
    nodes,
    runs,
  };
}
