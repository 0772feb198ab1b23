import { reactive } from 'vue';

export interface Toast {
  id: number;
  kind: 'success' | 'error' | 'info';
  title: string;
  text?: string;
  action?: { label: string; run(): void };
}

const SHOWN_MS = 4_500;
/** Failures stay long enough to be read and acted on. */
const ERROR_SHOWN_MS = 12_000;

export const toasts: Toast[] = reactive([]);
let lastId = 0;

/** Shows a short message in the corner of the window; it goes by itself. */
export function showToast(toast: Omit<Toast, 'id'>): void {
  const id = (lastId += 1);
  toasts.push({ ...toast, id });
  if (toasts.length > 4) toasts.shift();
  setTimeout(() => dismissToast(id), toast.kind === 'error' ? ERROR_SHOWN_MS : SHOWN_MS);
}

export function dismissToast(id: number): void {
  const at = toasts.findIndex((toast) => toast.id === id);
  if (at >= 0) toasts.splice(at, 1);
}
