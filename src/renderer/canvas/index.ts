export type { CanvasMark } from './canvas-context.ts';
export { default as CompareCanvas } from './CompareCanvas.vue';
export { default as MarkBadge } from './MarkBadge.vue';
export { default as ReadOnlyCanvas } from './ReadOnlyCanvas.vue';
export { default as WorkflowCanvas } from './WorkflowCanvas.vue';
