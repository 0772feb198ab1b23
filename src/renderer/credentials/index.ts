export { default as CredentialDialog } from './CredentialDialog.vue';
export { useCredentialTypes } from './use-credential-types.ts';
