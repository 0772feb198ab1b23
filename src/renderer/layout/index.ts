export { default as FilterBar } from './FilterBar.vue';
export { default as ListCard } from './ListCard.vue';
export { default as LoadError } from './LoadError.vue';
export { default as PageFrame } from './PageFrame.vue';
export { default as RowSkeletons } from './RowSkeletons.vue';
export { default as TimeText } from './TimeText.vue';
