export { default as CredentialDialog } from './CredentialDialog.vue';
