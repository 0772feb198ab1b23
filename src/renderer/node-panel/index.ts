export { default as NodePanel } from './NodePanel.vue';
export { default as ItemsDialog } from './ItemsDialog.vue';
