export { default as ConsoleLines } from './ConsoleLines.vue';
export { default as CopyableAddress } from './CopyableAddress.vue';
export { default as ErrorBox } from './ErrorBox.vue';
export { default as ItemsView } from './ItemsView.vue';
export { default as StatusChip } from './StatusChip.vue';
export { default as ValueChanges } from './ValueChanges.vue';
export { useCopy } from './use-copy.ts';
