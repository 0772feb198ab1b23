import { useI18n } from 'vue-i18n';
import { useEditorStore } from '../editor/editor-store.ts';
import type { CanvasMenuEntry } from './CanvasMenu.vue';
import type { NodeAction } from './canvas-context.ts';
import type { CanvasCommands } from './use-canvas-commands.ts';

/** Entries of the menus that a right click opens. */
export function useCanvasMenus(
  commands: CanvasCommands,
  actOnNode: (action: NodeAction, id: string) => void,
  addAt: (at: [number, number]) => void,
  pasteForeign: (text: string) => void,
) {
  const editor = useEditorStore();
  const { t } = useI18n();

  function nodeEntries(id: string): CanvasMenuEntry[] {
    const many = editor.selectedIds.size > 1 && editor.selectedIds.has(id);
    const disabled = editor.document.nodes.find((node) => node.id === id)?.disabled;
    const act = (action: NodeAction) => () => actOnNode(action, id);
    const single: CanvasMenuEntry[] = [
      { label: t('editor.action.open'), icon: 'edit', keys: 'Enter', run: act('open') },
      { label: t('editor.action.run-to'), icon: 'play', run: act('run-to') },
      { label: t('editor.action.rename'), keys: 'F2', run: act('rename') },
    ];
    return [
      ...(many ? [] : single),
      { label: t('editor.action.copy'), icon: 'copy', keys: 'Ctrl C', separated: !many, run: act('copy') },
      { label: t('editor.action.duplicate'), keys: 'Ctrl D', run: act('duplicate') },
      {
        label: t(disabled ? 'editor.action.enable' : 'editor.action.disable'),
        icon: disabled ? 'eye' : 'eye-off',
        keys: 'D',
        run: act('disable'),
      },
      {
        label: t('editor.action.delete'),
        icon: 'trash',
        keys: 'Del',
        danger: true,
        separated: true,
        run: act('delete'),
      },
    ];
  }

  function paneEntries(at: [number, number]): CanvasMenuEntry[] {
    const isEmpty = editor.document.nodes.length === 0;
    return [
      { label: t('editor.canvas.addNode'), icon: 'plus', keys: 'Tab', run: () => addAt(at) },
      { label: t('editor.canvas.paste'), keys: 'Ctrl V', run: () => void pasteAt(at) },
      {
        label: t('editor.canvas.selectAll'),
        keys: 'Ctrl A',
        separated: true,
        disabled: isEmpty,
        run: commands.selectAll,
      },
      { label: t('editor.canvas.tidy'), icon: 'workflow', disabled: isEmpty, run: commands.tidy },
      {
        label: t('editor.canvas.fit'),
        icon: 'zoom-fit',
        keys: '1',
        disabled: isEmpty,
        run: () => void commands.fit(),
      },
    ];
  }

  async function pasteAt(at: [number, number]) {
    const text = await navigator.clipboard.readText();
    if (!commands.pasteText(text, at)) pasteForeign(text);
  }

  return { nodeEntries, paneEntries };
}
