import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import type {
  NodeTypeDescription,
  WorkflowDetail,
  WorkflowDocument,
  WorkflowProblem,
} from '../../contract/index.ts';
import { client } from '../client/index.ts';
import { createHistory } from './document/history.ts';

/** The workflow open in the editor. Documents are never changed in place: `apply` replaces the whole value. */
export const useEditorStore = defineStore('editor', () => {
  const workflowId = ref<string | null>(null);
  const document = shallowRef<WorkflowDocument>(emptyDocument(''));
  const savedDocument = shallowRef(document.value);
  const revision = ref(0);
  const active = ref(false);
  const saving = ref(false);
  const problems = shallowRef<WorkflowProblem[]>([]);
  const types = shallowRef<ReadonlyMap<string, NodeTypeDescription>>(new Map());
  const selectedIds = shallowRef<ReadonlySet<string>>(new Set());
  const openNodeId = ref<string | null>(null);

  const history = createHistory<WorkflowDocument>();
  const steps = ref({ undo: 0, redo: 0 });
  const countSteps = () => (steps.value = { undo: history.undoCount, redo: history.redoCount });

  const isDirty = computed(() => document.value !== savedDocument.value);
  const openNode = computed(() => document.value.nodes.find((node) => node.id === openNodeId.value) ?? null);

  function typeOf(type: string): NodeTypeDescription | undefined {
    return types.value.get(type);
  }

  /** Makes a change one can undo. Changes in a row with the same `key` (typing in one field) are one step. */
  function apply(change: (document: WorkflowDocument) => WorkflowDocument, key?: string): void {
    const before = document.value;
    const after = change(before);
    if (after === before) return;
    history.record(before, Date.now(), key);
    document.value = after;
    countSteps();
  }

  function restore(next: WorkflowDocument | undefined): void {
    if (!next) return;
    document.value = next;
    if (openNodeId.value && !openNode.value) openNodeId.value = null;
    countSteps();
  }

  function open(detail: WorkflowDetail): void {
    replace(detail.document);
    takeStored(detail);
  }

  /** Starts a workflow that is not stored yet. */
  function openNew(name: string): void {
    replace(emptyDocument(name));
    workflowId.value = null;
    revision.value = 0;
    active.value = false;
    problems.value = [];
  }

  function replace(next: WorkflowDocument): void {
    document.value = next;
    savedDocument.value = next;
    history.clear();
    selectedIds.value = new Set();
    openNodeId.value = null;
    countSteps();
  }

  function takeStored(detail: WorkflowDetail): void {
    workflowId.value = detail.id;
    revision.value = detail.revision;
    active.value = detail.active;
    problems.value = detail.problems;
  }

  /** Stores the draft, creating the workflow the first time. What is typed while it is under way stays unsaved. */
  async function save(): Promise<void> {
    const sent = document.value;
    saving.value = true;
    try {
      const detail = workflowId.value
        ? await client.workflows.save({ id: workflowId.value, document: sent, revision: revision.value })
        : await client.workflows.create({ document: sent });
      savedDocument.value = sent;
      takeStored(detail);
    } finally {
      saving.value = false;
    }
  }

  async function setActive(next: boolean): Promise<void> {
    if (next && (isDirty.value || !workflowId.value)) await save();
    if (!workflowId.value) return;
    const call = next ? client.workflows.activate : client.workflows.deactivate;
    takeStored(await call({ id: workflowId.value }));
  }

  return {
    workflowId,
    document,
    revision,
    active,
    saving,
    problems,
    types,
    selectedIds,
    openNodeId,
    openNode,
    isDirty,
    canUndo: computed(() => steps.value.undo > 0),
    canRedo: computed(() => steps.value.redo > 0),
    undo: () => restore(history.undo(document.value)),
    redo: () => restore(history.redo(document.value)),
    breakStep: () => history.breakStep(),
    typeOf,
    apply,
    open,
    openNew,
    save,
    setActive,
  };
});

export function emptyDocument(name: string): WorkflowDocument {
  return { name: name || '-', schemaVersion: 1, nodes: [], connections: [], settings: {} };
}
