import { onBeforeUnmount, onMounted, ref, watch, type Ref } from 'vue';
import { useI18n } from 'vue-i18n';
import { onBeforeRouteLeave, onBeforeRouteUpdate } from 'vue-router';
import { executionErrorText, type ExecutionSummary } from '../../contract/index.ts';
import { client, useEngineEvents } from '../client/index.ts';
import { locale } from '../i18n/index.ts';
import { confirmAction, showToast } from '../ui/index.ts';
import { useEditorStore } from './editor-store.ts';
import { dropDraft, keepDraft, readDraft } from './local-draft.ts';
import { useRunStore } from './run-store.ts';
import { useTriggerStatuses } from './trigger-statuses.ts';

const DRAFT_DELAY_MS = 800;
const VALIDATE_DELAY_MS = 700;

/** Opens the workflow of the route, follows its events, keeps unsaved changes from being lost, checks while one edits. */
export function useEditorSession(id: Ref<string | undefined>) {
  const editor = useEditorStore();
  const run = useRunStore();
  const triggerStatuses = useTriggerStatuses();
  const { t } = useI18n();
  const loading = ref(true);
  const loadError = ref<unknown>(null);

  async function load(force = false): Promise<void> {
    if (!force && id.value && id.value === editor.workflowId && !loading.value) return;
    loading.value = true;
    loadError.value = null;
    run.clear();
    try {
      if (id.value) editor.open(await client.workflows.get({ id: id.value }));
      else editor.openNew(t('editor.newName'));
      recoverDraft();
      if (editor.workflowId) void run.restoreLast(editor.workflowId).catch(() => undefined);
    } catch (error) {
      loadError.value = error;
    } finally {
      loading.value = false;
    }
  }

  function recoverDraft() {
    const draft = readDraft(editor.workflowId);
    if (!draft || JSON.stringify(draft.document) === JSON.stringify(editor.document)) return;
    // A save over a newer revision has to be refused, so the draft keeps the one it was made on.
    if (editor.workflowId) editor.revision = draft.revision;
    editor.apply(() => draft.document);
    showToast({
      kind: 'info',
      title: t('editor.draft.found'),
      action: { label: t('editor.draft.discard'), run: () => void discard() },
    });
  }

  /** Gives up unsaved changes and shows what is stored. */
  async function discard(): Promise<void> {
    dropDraft(editor.workflowId);
    await load(true);
  }

  useEngineEvents((event) => {
    run.follow(event);
    triggerStatuses.follow(event);
    if (event.type === 'execution-finished' && event.execution.id === run.execution?.id)
      tellFailure(event.execution);
    if (event.type !== 'workflow-changed' || event.workflowId !== editor.workflowId) return;
    if (event.change === 'activated') editor.active = true;
    if (event.change === 'deactivated') editor.active = false;
  });

  /** Success is seen on the canvas; why something failed is worth a sentence. */
  function tellFailure({ status, error }: ExecutionSummary) {
    if (status !== 'failed' || !error) return;
    showToast({
      kind: 'error',
      title: t('editor.ran.failed'),
      text: executionErrorText(error, locale.value),
    });
  }

  watch(
    () => [editor.workflowId, editor.active],
    () => void triggerStatuses.refresh(),
    { immediate: true },
  );

  let draftTimer: ReturnType<typeof setTimeout> | undefined;
  let validateTimer: ReturnType<typeof setTimeout> | undefined;
  watch(
    () => editor.document,
    (document) => {
      clearTimeout(draftTimer);
      clearTimeout(validateTimer);
      if (!editor.isDirty) return;
      draftTimer = setTimeout(() => {
        if (editor.isDirty) keepDraft(editor.workflowId, editor.document, editor.revision);
      }, DRAFT_DELAY_MS);
      validateTimer = setTimeout(() => void validate(document), VALIDATE_DELAY_MS);
    },
  );

  async function validate(document: typeof editor.document): Promise<void> {
    const answer = await client.workflows.validate({ document }).catch(() => null);
    if (answer && editor.document === document) editor.problems = answer.problems;
  }

  async function mayLeave(): Promise<boolean> {
    if (!editor.isDirty) return true;
    const leave = await confirmAction({
      title: t('editor.leave.title'),
      text: t('editor.leave.text'),
      confirmLabel: t('editor.leave.confirm'),
      danger: true,
    });
    if (leave) dropDraft(editor.workflowId);
    return leave;
  }

  function guard(event: BeforeUnloadEvent) {
    if (!editor.isDirty) return;
    keepDraft(editor.workflowId, editor.document, editor.revision);
    event.preventDefault();
  }

  // The first save moves a new workflow to its own address, which is no leaving.
  const isOwnAddress = (to: { params: Record<string, unknown> }) =>
    editor.workflowId !== null && to.params.id === editor.workflowId;
  onBeforeRouteLeave((to) => isOwnAddress(to) || mayLeave());
  onBeforeRouteUpdate((to) => isOwnAddress(to) || mayLeave());
  onMounted(() => window.addEventListener('beforeunload', guard));
  onBeforeUnmount(() => {
    window.removeEventListener('beforeunload', guard);
    clearTimeout(draftTimer);
    clearTimeout(validateTimer);
  });
  watch(id, () => void load(), { immediate: true });

  return { loading, loadError, discard, reload: () => load(true) };
}
