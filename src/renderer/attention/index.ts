export { default as ApprovalCard } from './ApprovalCard.vue';
export { default as CountBadge } from './CountBadge.vue';
export { default as NotificationBell } from './NotificationBell.vue';
export { usePending } from './use-pending.ts';
