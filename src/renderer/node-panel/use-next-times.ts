import { onScopeDispose, reactive, watch, type Ref } from 'vue';
import { client, describeApiError } from '../client/index.ts';
import { useEditorStore } from '../editor/editor-store.ts';
import { locale } from '../i18n/index.ts';
import type { WorkflowNode } from '../../contract/index.ts';

const DELAY_MS = 250;

/** When a schedule trigger fires next, asked for while one types; `error` says why there is no telling. */
export function useNextTimes(node: Ref<WorkflowNode>): { times: number[]; timezone: string; error: string } {
  const editor = useEditorStore();
  const next = reactive({ times: [] as number[], timezone: '', error: '' });
  let timer: ReturnType<typeof setTimeout> | undefined;
  let latest = 0;

  async function ask() {
    const turn = (latest += 1);
    try {
      const answer = await client.workflows.nextFireTimes({
        document: editor.document,
        nodeId: node.value.id,
      });
      if (turn === latest) Object.assign(next, answer, { error: '' });
    } catch (error) {
      if (turn === latest) Object.assign(next, { times: [], error: describeApiError(error, locale.value) });
    }
  }

  watch(
    [() => node.value.parameters, () => editor.document.settings?.timezone, locale],
    (_value, before) => {
      clearTimeout(timer);
      timer = setTimeout(() => void ask(), before[0] ? DELAY_MS : 0);
    },
    { immediate: true },
  );
  onScopeDispose(() => clearTimeout(timer));
  return next;
}
