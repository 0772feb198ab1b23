import { onScopeDispose, ref } from 'vue';

/** Takes files dropped anywhere on the window. `isOver` is true while some are held above it. */
export function useFileDrop(onFiles: (files: File[]) => void) {
  const isOver = ref(false);
  // Every element under the pointer sends its own enter and leave.
  let depth = 0;

  const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
  const enter = (event: DragEvent) => {
    if (!hasFiles(event)) return;
    depth += 1;
    isOver.value = true;
  };
  const leave = (event: DragEvent) => {
    if (!hasFiles(event)) return;
    depth -= 1;
    isOver.value = depth > 0;
  };
  const over = (event: DragEvent) => {
    if (hasFiles(event)) event.preventDefault();
  };
  const drop = (event: DragEvent) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    depth = 0;
    isOver.value = false;
    onFiles([...(event.dataTransfer?.files ?? [])]);
  };

  window.addEventListener('dragenter', enter);
  window.addEventListener('dragleave', leave);
  window.addEventListener('dragover', over);
  window.addEventListener('drop', drop);
  onScopeDispose(() => {
    window.removeEventListener('dragenter', enter);
    window.removeEventListener('dragleave', leave);
    window.removeEventListener('dragover', over);
    window.removeEventListener('drop', drop);
  });
  return { isOver };
}
