import { computed, ref, watch, type Ref } from 'vue';
import type { WorkflowNode } from '../../contract/index.ts';
import { useEditorStore } from '../editor/editor-store.ts';
import { useRunStore } from '../editor/run-store.ts';
import { inputSources } from './input-sources.ts';
import { useNodeItems } from './use-node-items.ts';

/** What arrives at a node: the outputs to choose from, and the items of the chosen one. */
export function useNodeInput(node: Ref<WorkflowNode>) {
  const editor = useEditorStore();
  const run = useRunStore();
  const sources = computed(() => inputSources(editor.document, run.runs, node.value.id));
  const chosen = ref<string>();
  const keyOf = (source: { nodeId: string; port: number }) => `${source.nodeId}:${source.port}`;
  const source = computed(() => sources.value.find((one) => keyOf(one) === chosen.value) ?? sources.value[0]);

  const sourceRun = computed(() => {
    if (!source.value) return undefined;
    return run.runsOf(source.value.nodeId).find((one) => one.runIndex === source.value!.runIndex);
  });
  const pinned = computed(() =>
    source.value?.port === 0 ? editor.document.pinnedData?.[source.value.nodeId] : undefined,
  );
  const address = computed(() =>
    run.execution && source.value && sourceRun.value && sourceRun.value.status !== 'running'
      ? {
          executionId: run.execution.id,
          nodeId: source.value.nodeId,
          runIndex: source.value.runIndex,
          port: source.value.port,
        }
      : null,
  );
  const list = useNodeItems(
    address,
    pinned,
    computed(() => sourceRun.value?.status),
  );

  const itemIndex = ref(0);
  watch(list.total, (total) => {
    if (itemIndex.value >= total) itemIndex.value = 0;
  });

  return {
    ...list,
    sources,
    source,
    sourceKey: computed({
      get: () => source.value && keyOf(source.value),
      set: (key) => (chosen.value = key),
    }),
    keyOf,
    itemIndex,
    hasRun: computed(() => address.value !== null || pinned.value !== undefined),
    executionId: computed(() => (sourceRun.value ? run.execution?.id : undefined)),
  };
}

export type NodeInput = ReturnType<typeof useNodeInput>;
