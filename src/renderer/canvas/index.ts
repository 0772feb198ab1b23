export { default as ReadOnlyCanvas } from './ReadOnlyCanvas.vue';
export { default as WorkflowCanvas } from './WorkflowCanvas.vue';
