export { default as ReadOnlyCanvas } from './ReadOnlyCanvas.vue';
export { default as WorkflowCanvas } from './WorkflowCanvas.vue';
export { iconUrl } from './node-texts.ts';
