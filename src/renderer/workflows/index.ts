export { default as NodeTypeIcon } from './NodeTypeIcon.vue';
