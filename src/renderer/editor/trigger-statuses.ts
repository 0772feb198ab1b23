import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import type { EngineEvent, TriggerStatus } from '../../contract/index.ts';
import { client } from '../client/index.ts';
import { useEditorStore } from './editor-store.ts';

/** How the listening triggers of the workflow in the editor stand, by node; empty while it is not active. */
export const useTriggerStatuses = defineStore('editor-trigger-statuses', () => {
  const editor = useEditorStore();
  const items = shallowRef<TriggerStatus[]>([]);
  const byNode = computed(() => new Map(items.value.map((status) => [status.nodeId, status])));
  let latest = 0;

  /** Where there is nothing to ask, or no answer, nothing is shown: the connection's own banner tells of that. */
  async function refresh(): Promise<void> {
    const turn = (latest += 1);
    const id = editor.workflowId;
    const answer =
      editor.active && id ? await client.workflows.triggerStatuses({ id }).catch(() => null) : null;
    if (turn === latest) items.value = answer?.items ?? [];
  }

  function follow(event: EngineEvent): void {
    const id = editor.workflowId;
    const isOurs =
      event.type === 'gap' ||
      (event.type === 'trigger-status-changed' && event.workflowId === id) ||
      (event.type === 'execution-started' &&
        event.execution.mode === 'trigger' &&
        event.execution.workflowId === id);
    if (isOurs) void refresh();
  }

  return { byNode, refresh, follow };
});
