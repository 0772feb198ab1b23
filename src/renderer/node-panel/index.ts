export { default as NodePanel } from './NodePanel.vue';
