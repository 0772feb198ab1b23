import { onBeforeUnmount, onMounted, type Ref } from 'vue';
import { addressIn, looksLikeWorkflow } from '../editor/document/clipboard.ts';
import { useEditorStore } from '../editor/editor-store.ts';
import type { CanvasCommands } from './use-canvas-commands.ts';

interface Actions {
  openPalette(): void;
  rename(id: string): void;
  /** A text that may hold a workflow of another kind. */
  pasteForeign(text: string): void;
}

/** Keyboard and clipboard of the canvas. They rest while a dialog or panel is open and while one types somewhere. */
export function useCanvasKeys(commands: CanvasCommands, resting: Ref<boolean>, actions: Actions): void {
  const editor = useEditorStore();

  function isElsewhere(target: EventTarget | null): boolean {
    if (resting.value || document.querySelector('dialog[open]')) return true;
    return (
      target instanceof Element &&
      target.closest('input, textarea, select, [contenteditable="true"], .palette') !== null
    );
  }

  function firstSelected(): string | undefined {
    return [...editor.selectedIds][0];
  }

  const PLAIN: Record<string, () => void> = {
    Delete: () => commands.remove(),
    Backspace: () => commands.remove(),
    Tab: () => actions.openPalette(),
    '1': () => void commands.fit(),
    d: () => commands.toggleDisabled(),
    F2: () => withSelected(actions.rename),
    Enter: () => withSelected((id) => (editor.openNodeId = id)),
  };
  const WITH_CONTROL: Record<string, () => void> = {
    a: () => commands.selectAll(),
    d: () => commands.duplicate(),
  };

  function withSelected(act: (id: string) => void) {
    const id = firstSelected();
    if (id) act(id);
  }

  function onKeydown(event: KeyboardEvent) {
    if (isElsewhere(event.target) || event.altKey) return;
    const control = event.ctrlKey || event.metaKey;
    const table = control ? WITH_CONTROL : PLAIN;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    // Tab and Enter keep their usual meaning on the toolbar's buttons.
    const onButton = event.target instanceof Element && event.target.closest('button, a') !== null;
    if (onButton && (key === 'Enter' || key === 'Tab')) return;
    const act = table[key];
    if (!act) return;
    event.preventDefault();
    act();
  }

  function onCopy(event: ClipboardEvent) {
    if (isElsewhere(event.target) || !window.getSelection()?.isCollapsed) return;
    const fragment = commands.fragment();
    if (!fragment) return;
    event.preventDefault();
    event.clipboardData?.setData('text/plain', JSON.stringify(fragment, null, 2));
    if (event.type === 'cut') commands.remove();
  }

  function onPaste(event: ClipboardEvent) {
    if (isElsewhere(event.target)) return;
    const text = event.clipboardData?.getData('text/plain') ?? '';
    if (commands.pasteText(text, commands.middle())) event.preventDefault();
    else if (looksLikeWorkflow(text) || addressIn(text)) {
      event.preventDefault();
      actions.pasteForeign(text);
    }
  }

  onMounted(() => {
    document.addEventListener('keydown', onKeydown);
    document.addEventListener('copy', onCopy);
    document.addEventListener('cut', onCopy);
    document.addEventListener('paste', onPaste);
  });
  onBeforeUnmount(() => {
    document.removeEventListener('keydown', onKeydown);
    document.removeEventListener('copy', onCopy);
    document.removeEventListener('cut', onCopy);
    document.removeEventListener('paste', onPaste);
  });
}
