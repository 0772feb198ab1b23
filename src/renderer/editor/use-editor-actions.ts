import { ref } from 'vue';
import { useI18n } from 'vue-i18n';
import { useRouter } from 'vue-router';
import { apiErrorCode, client, describeApiError } from '../client/index.ts';
import { locale } from '../i18n/index.ts';
import { saveTextFile, showToast } from '../ui/index.ts';
import type { NodeTypeDescription, WorkflowFileFormat, WorkflowNode } from '../../contract/index.ts';
import { dropDraft } from './local-draft.ts';
import { useEditorStore } from './editor-store.ts';
import { useRunStore } from './run-store.ts';

/** Saving, running and activating, with what the user is told about them. */
export function useEditorActions() {
  const editor = useEditorStore();
  const run = useRunStore();
  const router = useRouter();
  const { t } = useI18n();
  const staleOpen = ref(false);
  const problemsOpen = ref(false);

  function report(title: string, error: unknown) {
    if (apiErrorCode(error) === 'REVISION_STALE') staleOpen.value = true;
    else showToast({ kind: 'error', title, text: describeApiError(error, locale.value) });
    if (apiErrorCode(error) === 'WORKFLOW_INVALID') problemsOpen.value = editor.problems.length > 0;
  }

  async function followId() {
    const id = editor.workflowId;
    if (!id) return;
    if (!editor.isDirty) dropDraft(id);
    dropDraft(null);
    const { name, params } = router.currentRoute.value;
    if (name === 'workflow-new' || params.id !== id)
      await router.replace({ name: 'workflow', params: { id } });
  }

  async function attempt(title: string, work: () => Promise<unknown>): Promise<boolean> {
    try {
      await work();
      return true;
    } catch (error) {
      report(title, error);
      return false;
    } finally {
      await followId();
    }
  }

  const save = () => attempt(t('editor.saveFailed'), () => editor.save());

  /** Triggers one can start from; a webhook or form waits for a call instead. */
  function triggers(): Array<{ node: WorkflowNode; type: NodeTypeDescription }> {
    return editor.document.nodes.flatMap((node) => {
      const type = editor.typeOf(node.type);
      return type?.trigger && !node.disabled ? [{ node, type }] : [];
    });
  }

  function waitsForCall(node: WorkflowNode): boolean {
    const type = editor.typeOf(node.type);
    return Boolean(type?.webhook || type?.form || type?.listener) && !editor.document.pinnedData?.[node.id];
  }

  function start(options: { startNode?: string; destinationNode?: string } = {}) {
    const choices = triggers();
    const startNode = options.startNode ?? preferredStart(choices, options.destinationNode);
    const trigger = choices.find(({ node }) => node.id === startNode)?.node;
    // What a webhook got the last time is there to be used again on the way to another node.
    const canReuse =
      options.destinationNode &&
      trigger &&
      options.destinationNode !== trigger.id &&
      run.runsOf(trigger.id).some((one) => one.status === 'success');
    return attempt(t('editor.runFailed'), () =>
      trigger && waitsForCall(trigger) && !canReuse
        ? run.listen(trigger.id, options.destinationNode)
        : run.start({ ...options, ...(startNode ? { startNode } : {}) }),
    );
  }

  function preferredStart(choices: ReturnType<typeof triggers>, destination?: string): string | undefined {
    const leading = destination ? upstreamOf(destination) : null;
    const fitting = leading ? choices.filter(({ node }) => leading.has(node.id)) : choices;
    return (fitting.find(({ node }) => !waitsForCall(node)) ?? fitting[0])?.node.id;
  }

  function upstreamOf(id: string): ReadonlySet<string> {
    const seen = new Set([id]);
    for (const one of seen) {
      for (const { from, to } of editor.document.connections) if (to.node === one) seen.add(from.node);
    }
    return seen;
  }

  const stop = () => attempt(t('editor.runFailed'), () => run.stop());

  async function setActive(next: boolean): Promise<boolean> {
    const done = await attempt(t('editor.activateFailed'), () => editor.setActive(next));
    if (done) showToast({ kind: 'success', title: t(next ? 'editor.activated' : 'editor.deactivated') });
    return done;
  }

  async function saveCopy() {
    const name = t('editor.stale.copyName', { name: editor.document.name }).slice(0, 200);
    const { id: _id, ...document } = editor.document;
    await attempt(t('editor.saveFailed'), async () => {
      const copy = await client.workflows.create({ document: { ...document, name } });
      if (editor.workflowId) dropDraft(editor.workflowId);
      editor.open(copy);
      run.clear();
      staleOpen.value = false;
      showToast({ kind: 'success', title: t('editor.stale.copied') });
    });
  }

  const exportFile = (format: WorkflowFileFormat) =>
    attempt(t('editor.exportFailed'), async () => {
      const { id: _id, ...document } = editor.document;
      const { fileName, text } = await client.workflows.write({ document, format });
      saveTextFile(fileName, text);
    });

  return {
    staleOpen,
    problemsOpen,
    save,
    start,
    stop,
    setActive,
    saveCopy,
    exportFile,
    triggers,
    waitsForCall,
  };
}

export type EditorActions = ReturnType<typeof useEditorActions>;
