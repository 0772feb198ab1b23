import { useVueFlow } from '@vue-flow/core';
import { nextTick } from 'vue';
import { useI18n } from 'vue-i18n';
import { addNewNode, type AddTarget } from '../editor/document/new-node.ts';
import { copyNodes, parseFragment, pasteFragment, type Fragment } from '../editor/document/clipboard.ts';
import { disconnect, moveNodes, removeNodes, setDisabled } from '../editor/document/commands.ts';
import { layoutNodes } from '../editor/document/layout.ts';
import { newNodeId } from '../editor/document/new-id.ts';
import { useEditorStore } from '../editor/editor-store.ts';
import { locale } from '../i18n/index.ts';
import { showToast } from '../ui/index.ts';
import { renameNode, type NodeTypeDescription } from '../../contract/index.ts';
import type { FlowEdgeData } from './flow-mapping.ts';

/** What a user can do to the selection and the whole canvas; each is one step of undo. */
export function useCanvasCommands(flowId: string) {
  const editor = useEditorStore();
  const { t } = useI18n();
  const flow = useVueFlow(flowId);

  async function select(ids: readonly string[]) {
    await nextTick();
    flow.removeSelectedElements();
    const wanted = new Set(ids);
    flow.addSelectedNodes(flow.getNodes.value.filter((node) => wanted.has(node.id)));
  }

  function selectedOr(id?: string): ReadonlySet<string> {
    return id && !editor.selectedIds.has(id) ? new Set([id]) : editor.selectedIds;
  }

  function add(type: NodeTypeDescription, target: AddTarget) {
    const id = newNodeId();
    editor.apply((document) =>
      addNewNode(document, { type, name: type.texts[locale.value].name, id, target }),
    );
    void select([id]).then(() => reveal(id));
    return id;
  }

  /** Moves the canvas just so far that a new node, its name and its next output are seen. */
  function reveal(id: string) {
    const node = editor.document.nodes.find((one) => one.id === id);
    const { width, height } = flow.dimensions.value;
    if (!node || width === 0) return;
    const { x, y, zoom } = flow.viewport.value;
    const left = node.position[0] * zoom + x;
    const top = node.position[1] * zoom + y;
    const dx = Math.min(0, width - 200 * zoom - left) + Math.max(0, 60 - left);
    const dy = Math.min(0, height - 220 * zoom - top) + Math.max(0, 60 - top);
    if (dx !== 0 || dy !== 0) void flow.setViewport({ x: x + dx, y: y + dy, zoom }, { duration: 200 });
  }

  function remove(id?: string) {
    const ids = selectedOr(id);
    const edges = id ? [] : flow.getSelectedEdges.value.map((edge) => (edge.data as FlowEdgeData).connection);
    if (ids.size === 0 && edges.length === 0) return;
    editor.apply((document) => removeNodes(disconnect(document, edges), ids));
  }

  function toggleDisabled(id?: string) {
    const ids = selectedOr(id);
    const disable = editor.document.nodes.some((node) => ids.has(node.id) && !node.disabled);
    editor.apply((document) => setDisabled(document, ids, disable));
  }

  function fragment(id?: string): Fragment | null {
    const ids = selectedOr(id);
    return ids.size > 0 ? copyNodes(editor.document, ids) : null;
  }

  function paste(from: Fragment, at?: [number, number]) {
    const options = { newId: newNodeId, rename: renameNode, ...(at ? { at } : {}) };
    const pasted = pasteFragment(editor.document, from, options);
    editor.apply(() => pasted.document);
    void select(pasted.ids);
  }

  function pasteMiddle(from: Fragment) {
    paste(from, middle());
  }

  /** Nodes that were copied here; false when the text is something else. */
  function pasteText(text: string, at: [number, number]): boolean {
    const parsed = parseFragment(text);
    if (parsed) paste(parsed, at);
    return parsed !== null;
  }

  function duplicate(id?: string) {
    const copy = fragment(id);
    if (copy) paste(copy);
  }

  async function copyToClipboard(id?: string) {
    const copy = fragment(id);
    if (!copy) return;
    await navigator.clipboard.writeText(JSON.stringify(copy, null, 2));
    showToast({ kind: 'info', title: t('editor.canvas.copied', copy.nodes.length) });
  }

  function tidy() {
    editor.apply((document) => moveNodes(document, layoutNodes(document)));
    void nextTick(() => flow.fitView({ padding: 0.2, maxZoom: 1, duration: 250 }));
  }

  /** The middle of what is seen, in the canvas's own coordinates. */
  function middle(): [number, number] {
    const { width, height } = flow.dimensions.value;
    const { x, y, zoom } = flow.viewport.value;
    return [(width / 2 - x) / zoom - 40, (height / 2 - y) / zoom - 40];
  }

  return {
    flow,
    select,
    add,
    remove,
    toggleDisabled,
    fragment,
    paste,
    pasteMiddle,
    pasteText,
    duplicate,
    copyToClipboard,
    tidy,
    middle,
    selectAll: () => flow.addSelectedNodes(flow.getNodes.value),
    fit: () => flow.fitView({ padding: 0.2, maxZoom: 1, duration: 200 }),
  };
}

export type CanvasCommands = ReturnType<typeof useCanvasCommands>;
