import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import { client } from '../client/index.ts';
import type {
  EngineEvent,
  ExecutionDetail,
  ExecutionSummary,
  NodeRunSummary,
  WorkflowDocument,
} from '../../contract/index.ts';
import { applyNodeEvent, runsByNode, type NodeRunMap } from './document/node-runs.ts';
import { staleNodes } from './document/stale-nodes.ts';
import { useEditorStore } from './editor-store.ts';

export interface Listening {
  nodeId: string;
  /** Null where the message comes by itself. */
  url: string | null;
  methods: string[];
  expiresAt: number;
}

/** The execution the editor shows: the one under way, or the last one. */
export const useRunStore = defineStore('editor-run', () => {
  const editor = useEditorStore();
  const execution = shallowRef<ExecutionSummary | null>(null);
  const runs = shallowRef<NodeRunMap>(new Map());
  /** What the execution runs; null until that is known. */
  const ran = shallowRef<WorkflowDocument | null>(null);
  const starting = ref(false);
  const listening = ref<Listening | null>(null);
  const isRunning = computed(
    () => execution.value !== null && ['queued', 'running', 'waiting'].includes(execution.value.status),
  );

  /** Nodes whose results are out of date. */
  const stale = computed(() =>
    ran.value && !isRunning.value
      ? staleNodes(ran.value, editor.document, runs.value.keys())
      : new Set<string>(),
  );

  function clear(): void {
    execution.value = null;
    ran.value = null;
    runs.value = new Map();
    listening.value = null;
  }

  function show(detail: ExecutionDetail): void {
    execution.value = detail;
    ran.value = detail.document;
    runs.value = runsByNode(detail.nodeRuns);
  }

  /** Brings back what the last execution of this workflow left. */
  async function restoreLast(workflowId: string): Promise<void> {
    const { items } = await client.executions.list({ workflowId, limit: 1 });
    const last = items[0];
    if (last && !execution.value) show(await client.executions.get({ id: last.id, itemLimit: 0 }));
  }

  async function reload(): Promise<void> {
    const id = execution.value?.id;
    if (!id) return;
    const detail = await client.executions.get({ id, itemLimit: 0 });
    if (execution.value?.id === id) show(detail);
  }

  async function start(options: { startNode?: string; destinationNode?: string } = {}): Promise<void> {
    starting.value = true;
    try {
      if (editor.isDirty || !editor.workflowId) await editor.save();
      ran.value = editor.document;
      const reuse = options.destinationNode ? execution.value?.id : undefined;
      const started = await client.executions.start({
        workflowId: editor.workflowId!,
        document: editor.document,
        ...options,
        ...(reuse ? { reuseExecutionId: reuse } : {}),
      });
      if (execution.value?.id !== started.id) {
        execution.value = started;
        runs.value = new Map();
      }
    } finally {
      starting.value = false;
    }
    // A short execution may have ended before its events were listened to.
    await reload();
  }

  /** Waits for one call at the webhook's test URL, or for one message of another trigger. */
  async function listen(nodeId: string, destinationNode?: string): Promise<void> {
    starting.value = true;
    try {
      if (editor.isDirty || !editor.workflowId) await editor.save();
      const answer = await client.executions.listen({
        workflowId: editor.workflowId!,
        document: editor.document,
        nodeId,
        ...(destinationNode ? { destinationNode } : {}),
      });
      execution.value = null;
      ran.value = editor.document;
      runs.value = new Map();
      listening.value = { nodeId, ...answer };
    } finally {
      starting.value = false;
    }
  }

  async function stop(): Promise<void> {
    if (listening.value && editor.workflowId) {
      listening.value = null;
      await client.executions.stopListening({ workflowId: editor.workflowId });
    }
    if (!execution.value || !isRunning.value) return;
    execution.value = await client.executions.stop({ id: execution.value.id });
    await reload();
  }

  function follow(event: EngineEvent): void {
    if (event.type === 'gap') return void reload().catch(() => undefined);
    if (event.type === 'execution-started') {
      const ours = event.execution.workflowId === editor.workflowId && editor.workflowId !== null;
      // A test runs as one started by hand; what the active version does meanwhile is not it.
      if (listening.value && event.execution.mode !== 'manual') return;
      if (!ours || (isRunning.value && !listening.value && !starting.value)) return;
      if (execution.value?.id !== event.execution.id) runs.value = new Map();
      execution.value = event.execution;
      listening.value = null;
      return;
    }
    if (event.type === 'execution-finished' && event.execution.id === execution.value?.id) {
      execution.value = event.execution;
      void reload().catch(() => undefined);
      return;
    }
    if ('nodeId' in event || 'nodeRun' in event) {
      if (event.executionId !== execution.value?.id) return;
      runs.value = applyNodeEvent(runs.value, event, (id) => nameOf(id));
    }
  }

  function nameOf(id: string): string {
    return editor.document.nodes.find((node) => node.id === id)?.name ?? id;
  }

  function runsOf(nodeId: string): readonly NodeRunSummary[] {
    return runs.value.get(nodeId) ?? [];
  }

  return {
    execution,
    runs,
    starting,
    listening,
    isRunning,
    stale,
    clear,
    show,
    restoreLast,
    start,
    listen,
    stop,
    follow,
    runsOf,
  };
});
