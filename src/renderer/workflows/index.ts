export { default as NodeTypeIcon } from './NodeTypeIcon.vue';
export { default as NodeTypeIcons } from './NodeTypeIcons.vue';
export { saveTextFile } from './save-text-file.ts';
export { useWorkflowActions } from './use-workflow-actions.ts';
